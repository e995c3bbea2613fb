//! The people of the court. Nobody in it exists: a surname, 某, and one of the ten stems.

use std::io;

use super::chance::Chance;
use super::ledger::Ledger;
use super::names::{STEMS, SURNAMES};

/// Who holds the posts of which there is one.
const POSTS: [(&str, &[&str]); 13] = [
    ("执行局长", &["chief"]),
    ("副局长", &["deputy-chief", "handler", "judge"]),
    ("分管副院长", &["lead"]),
    ("执行指挥中心主任", &["centre-director"]),
    ("执行质效专员", &["quality"]),
    ("执行案款专员", &["funds"]),
    ("终本专员", &["terminated"]),
    ("信访专员", &["petition"]),
    ("重点案件专员", &["key", "related"]),
    ("财产处置专员", &["disposal"]),
    ("财务", &["finance"]),
    ("纪检监察", &["discipline"]),
    ("系统管理员", &["administrator"]),
];

/// Cases that one handler has filed under his name.
const CASES_PER_HANDLER: u64 = 400;
/// Handlers of one team.
const TEAM_SIZE: usize = 4;

/// A handler with his clerk and team, and the judge who answers for his cases: himself, if he is one.
#[derive(Clone, Debug)]
pub(super) struct Handler {
    pub(super) id: String,
    pub(super) clerk: String,
    pub(super) judge: String,
    pub(super) team: String,
}

/// The people by what they do.
pub(super) struct Staff {
    /// Id, name, posts, team.
    people: Vec<(String, String, Vec<&'static str>, String)>,
    /// Whoever takes ordinary cases.
    pub(super) handlers: Vec<Handler>,
    /// Those of them who lead a team.
    pub(super) leaders: Vec<Handler>,
    /// Judges' assistants, who handle some key cases under their leader's name.
    pub(super) assistants: Vec<Handler>,
    /// The deputy chief, who handles some key cases himself.
    pub(super) deputy: Handler,
}

impl Staff {
    pub(super) fn new(cases: u64, chance: &mut Chance) -> Staff {
        let nobody = Handler { id: String::new(), clerk: String::new(), judge: String::new(), team: String::new() };
        let mut staff = Staff {
            people: Vec::new(),
            handlers: Vec::new(),
            leaders: Vec::new(),
            assistants: Vec::new(),
            deputy: nobody,
        };
        for (team, posts) in POSTS {
            let name = staff.name(chance);
            staff.add(name, posts.to_vec(), team);
        }
        let handlers = (cases / CASES_PER_HANDLER).clamp(4, 400) as usize;
        for index in 0..handlers {
            let team = format!("执行团队{}", index / TEAM_SIZE + 1);
            let leads = index % TEAM_SIZE == 0;
            let posts = if leads { vec!["handler", "judge", "team-leader"] } else { vec!["handler", "judge"] };
            let name = staff.name(chance);
            let id = staff.add(name, posts, &team);
            let name = staff.name(chance);
            let clerk = staff.add(name, vec!["clerk"], &team);
            let handler = Handler { judge: id.clone(), id, clerk, team };
            if leads {
                let name = staff.name(chance);
                let id = staff.add(name, vec!["judge-assistant", "handler"], &handler.team);
                staff.assistants.push(Handler { id, ..handler.clone() });
                staff.leaders.push(handler.clone());
            }
            staff.handlers.push(handler);
        }
        let deputy = staff.holder("deputy-chief").to_owned();
        let clerk = staff.handlers[0].clerk.clone();
        staff.deputy = Handler { judge: deputy.clone(), id: deputy, clerk, team: "执行局".to_owned() };
        staff
    }

    fn name(&self, chance: &mut Chance) -> String {
        let stem = STEMS[self.people.len() % STEMS.len()];
        format!("{}某{stem}", chance.pick(&SURNAMES))
    }

    fn add(&mut self, name: String, posts: Vec<&'static str>, team: &str) -> String {
        let id = format!("p{:04}", self.people.len() + 1);
        self.people.push((id.clone(), name, posts, team.to_owned()));
        id
    }

    /// Whoever holds a post.
    pub(super) fn holder(&self, post: &str) -> &str {
        self.people.iter().find(|(_, _, posts, _)| posts.contains(&post)).map_or("", |(id, ..)| id)
    }

    /// Whoever handles ordinary cases and is not that one.
    pub(super) fn another<'s>(&'s self, id: &str, chance: &mut Chance) -> &'s Handler {
        let others: Vec<&Handler> = self.handlers.iter().filter(|handler| handler.id != id).collect();
        chance.pick::<&Handler>(&others)
    }

    /// The handler of that id.
    pub(super) fn handler(&self, id: &str) -> Option<&Handler> {
        let all = self.handlers.iter().chain(&self.assistants).chain([&self.deputy]);
        all.into_iter().find(|handler| handler.id == id)
    }

    pub(super) fn write(&self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        for (id, name, posts, team) in &self.people {
            let record = ledger.record("person").text("person_id", id).text("name", name).set("posts", posts);
            ledger.write(record.text("team", team).flag("active", true))?;
        }
        Ok(())
    }
}
