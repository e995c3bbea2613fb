//! Who is who: people by id, name and post, and who is told of a finding.

use std::collections::{BTreeSet, HashMap};

/// A person, as far as telling people needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The posts the person holds.
    pub posts: Vec<String>,
    /// Whether in office; unknown counts as yes.
    pub active: bool,
}

/// The people of a court.
#[derive(Clone, Debug, Default)]
pub struct People {
    people: Vec<Person>,
    by_id: HashMap<String, usize>,
    /// A name that several bear stands for none of them.
    by_name: HashMap<String, Option<usize>>,
    by_post: HashMap<String, Vec<usize>>,
}

/// To whom something is addressed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// A person, by id.
    Person(String),
    /// A person who is named and is not in the list of people, or has left.
    Named(String),
    /// Whoever comes to hold a post nobody holds.
    Post(String),
}

impl Recipient {
    /// As the work log writes it.
    pub fn written(&self) -> String {
        match self {
            Recipient::Person(id) => id.clone(),
            Recipient::Named(name) => format!("?{name}"),
            Recipient::Post(post) => format!("post:{post}"),
        }
    }
}

impl People {
    /// People, in order of id.
    pub fn new(mut people: Vec<Person>) -> People {
        people.sort_by(|a, b| a.id.cmp(&b.id));
        let mut this = People { people, ..People::default() };
        for (index, person) in this.people.iter().enumerate() {
            this.by_id.insert(person.id.clone(), index);
            let named = this.by_name.entry(person.name.clone()).or_insert(Some(index));
            if *named != Some(index) {
                *named = None;
            }
            for post in person.posts.iter().filter(|_| person.active) {
                this.by_post.entry(post.clone()).or_default().push(index);
            }
        }
        this
    }

    /// The person whom a field names, by id or, where only one bears it, by name. Who has left is named and not reached.
    pub fn named(&self, text: &str) -> Recipient {
        let found = self.by_id.get(text).copied().or_else(|| self.by_name.get(text).copied().flatten());
        match found.map(|index| &self.people[index]) {
            Some(person) if person.active => Recipient::Person(person.id.clone()),
            Some(person) => Recipient::Named(person.id.clone()),
            None => Recipient::Named(text.to_owned()),
        }
    }

    /// A person for readers: the name and the id, or what the field says where the person is not in the list.
    pub fn shown(&self, text: &str) -> String {
        match self.by_id.get(text).map(|index| &self.people[*index]) {
            Some(person) if !person.name.is_empty() => format!("{}({})", person.name, person.id),
            _ => text.to_owned(),
        }
    }

    /// Those who hold a post; the post itself if nobody does.
    pub fn holders(&self, post: &str) -> Vec<Recipient> {
        match self.by_post.get(post) {
            Some(holders) => holders.iter().map(|index| Recipient::Person(self.people[*index].id.clone())).collect(),
            None => vec![Recipient::Post(post.to_owned())],
        }
    }

    /// Of several groups in order, those of the first who are not concerned themselves: nobody is reported to about his
    /// own act. Where no such person is known, the first post that nobody holds waits for one; where all are concerned,
    /// the last post does.
    pub fn report_to(groups: &[(String, Vec<Recipient>)], concerned: &BTreeSet<Recipient>) -> Vec<Recipient> {
        let mut unfilled = None;
        for (_, group) in groups {
            let free: Vec<Recipient> = group.iter().filter(|who| !concerned.contains(who)).cloned().collect();
            if free.iter().any(|who| matches!(who, Recipient::Person(_))) {
                return free;
            }
            unfilled = unfilled.or_else(|| free.into_iter().next());
        }
        let last = groups.last().map(|(post, _)| Recipient::Post(post.clone()));
        unfilled.or(last).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name: &str, posts: &[&str]) -> Person {
        Person { id: id.into(), name: name.into(), posts: posts.iter().map(|p| (*p).into()).collect(), active: true }
    }

    fn people() -> People {
        People::new(vec![
            person("p1", "张某", &["handler"]),
            person("p2", "李某", &["centre-director", "terminated"]),
            person("p3", "王某", &["lead"]),
            person("p4", "张某", &["handler"]),
            Person { active: false, ..person("p5", "赵某", &["chief"]) },
        ])
    }

    #[test]
    fn people_are_found_by_id_and_by_a_name_that_is_one_persons() {
        let people = people();
        assert_eq!(people.named("p1"), Recipient::Person("p1".into()));
        assert_eq!(people.named("李某"), Recipient::Person("p2".into()));
        assert_eq!(people.named("张某"), Recipient::Named("张某".into()));
        assert_eq!(people.named("p5"), Recipient::Named("p5".into()), "who has left is not reached");
        assert_eq!(people.holders("chief"), [Recipient::Post("chief".into())], "who has left holds no post");
    }

    #[test]
    fn nobody_is_reported_to_about_his_own_act() {
        let people = people();
        let group = |post: &str| (post.to_owned(), people.holders(post));
        let groups = [group("centre-director"), group("lead")];
        let to = |concerned: &[&str]| {
            let concerned = concerned.iter().map(|id| Recipient::Person((*id).into())).collect();
            People::report_to(&groups, &concerned)
        };
        assert_eq!(to(&["p1"]), [Recipient::Person("p2".into())]);
        assert_eq!(to(&["p2"]), [Recipient::Person("p3".into())]);
        assert_eq!(to(&["p2", "p3"]), [Recipient::Post("lead".into())]);
        let with_a_gap = [group("chief"), group("lead")];
        assert_eq!(People::report_to(&with_a_gap, &BTreeSet::new()), [Recipient::Person("p3".into())]);
        assert_eq!(People::report_to(&[group("chief")], &BTreeSet::new()), [Recipient::Post("chief".into())]);
    }
}
