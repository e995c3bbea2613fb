//! `duban store`: what it holds, whether it is whole, backed up and restored.

use duban_core::words::Lang;

use super::court;
use super::transcript::Transcript;

fn keeps(session: &mut Transcript) {
    court::open(session);
    session.types("store info --store DIR/court");
    session.types("store verify --store DIR/court");
    session.types("store backup --store DIR/court DIR/backup");
    session.types("store backup --store DIR/court DIR/backup");
    session.types("store restore --store DIR/again DIR/backup");
    session.types("store restore --store DIR/again DIR/backup");
    session.types("store restore --store DIR/more DIR/nowhere");
    session.types("store info --store DIR/again --format json");
    session.types("store verify --store DIR/again");
    session.types("store export --store DIR/again DIR/export");
    session.types("store problems --store DIR/again");
}

#[test]
fn a_store_is_looked_at_kept_and_brought_back() {
    let mut session = Transcript::new();
    keeps(&mut session);
    session.keeps_to("store");
}

#[test]
fn in_english() {
    let mut session = Transcript::in_lang(Lang::En);
    keeps(&mut session);
    session.keeps_to("store-en");
}
