//! The people of the court. Nobody in it exists: a surname, 某, and one of the ten stems.

use std::io;

use super::chance::Chance;
use super::ledger::Ledger;

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗",
];
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

/// Who holds the posts of which there is one.
const POSTS: [(&str, &[&str]); 13] = [
    ("执行局长", &["chief"]),
    ("副局长", &["deputy-chief"]),
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

/// A handler with his clerk and team.
#[derive(Clone, Debug)]
pub(super) struct Handler {
    pub(super) id: String,
    pub(super) clerk: String,
    pub(super) team: String,
}

/// The people by what they do.
pub(super) struct Staff {
    /// Id, name, posts, team.
    people: Vec<(String, String, Vec<&'static str>, String)>,
    pub(super) handlers: Vec<Handler>,
}

impl Staff {
    pub(super) fn new(cases: u64, chance: &mut Chance) -> Staff {
        let mut staff = Staff { people: Vec::new(), handlers: Vec::new() };
        for (team, posts) in POSTS {
            let name = staff.name(chance);
            staff.add(name, posts.to_vec(), team.to_owned());
        }
        let handlers = (cases / CASES_PER_HANDLER).clamp(4, 400) as usize;
        for index in 0..handlers {
            let team = format!("执行团队{}", index / TEAM_SIZE + 1);
            let leads = index % TEAM_SIZE == 0;
            let posts = if leads { vec!["handler", "judge", "team-leader"] } else { vec!["handler", "judge"] };
            let name = staff.name(chance);
            let id = staff.add(name, posts, team.clone());
            let name = staff.name(chance);
            let clerk = staff.add(name, vec!["clerk"], team.clone());
            staff.handlers.push(Handler { id, clerk, team });
        }
        staff
    }

    fn name(&self, chance: &mut Chance) -> String {
        let stem = STEMS[self.people.len() % STEMS.len()];
        format!("{}某{stem}", chance.pick(&SURNAMES))
    }

    fn add(&mut self, name: String, posts: Vec<&'static str>, team: String) -> String {
        let id = format!("p{:04}", self.people.len() + 1);
        self.people.push((id.clone(), name, posts, team));
        id
    }

    /// Whoever holds a post.
    pub(super) fn holder(&self, post: &str) -> &str {
        self.people.iter().find(|(_, _, posts, _)| posts.contains(&post)).map_or("", |(id, ..)| id)
    }

    pub(super) fn write(&self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        for (id, name, posts, team) in &self.people {
            let record = ledger.record("person").text("person_id", id).text("name", name).set("posts", posts);
            ledger.write(record.text("team", team).flag("active", true))?;
        }
        Ok(())
    }
}
