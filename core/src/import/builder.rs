//! From values to a draft: the natural key, and what a case's number says of it.

use crate::limits;
use crate::model::{CaseNumber, Value};
use crate::msg;
use crate::schema::{Draft, FieldId, KindId, Schema};
use crate::words::Message;

/// What a row says of a record, field by field.
pub(super) type Facts = Vec<(FieldId, Option<Value>)>;

/// Makes drafts of values that are already read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Builder<'s> {
    pub(super) schema: &'s Schema,
    case: Option<CaseFields>,
}

/// The kind of cases, and the field that says of which kind a case is.
#[derive(Clone, Copy, Debug)]
struct CaseFields {
    kind: KindId,
    number: FieldId,
    /// Where the number is kept as it was written.
    written: FieldId,
    code: FieldId,
}

impl<'s> Builder<'s> {
    pub(super) fn new(schema: &'s Schema) -> Builder<'s> {
        let case = schema.kind_named("case").and_then(|kind| {
            let declared = schema.kind(kind);
            let field = |name| declared.field_named(name);
            let (number, written) = (field("case_no")?, field("case_no_written")?);
            Some(CaseFields { kind, number, written, code: field("kind_code")? })
        });
        Builder { schema, case }
    }

    /// Keeps a case's number as it was written, where that is not the form in which it is kept.
    pub(super) fn keep_written(
        &self,
        kind: KindId,
        field: FieldId,
        written: impl FnOnce() -> String,
        facts: &mut Facts,
    ) {
        let Some(case) = self.case.filter(|case| case.kind == kind && case.number == field) else { return };
        let written = written();
        let text = written.trim();
        let kept = facts.iter().find(|(known, _)| *known == field).and_then(|(_, value)| value.as_ref());
        let differs = kept.is_some_and(|kept| kept.as_text() != Some(text));
        if differs && !facts.iter().any(|(known, _)| *known == case.written) {
            facts.push((case.written, Some(Value::Text(text.into()))));
        }
    }

    /// The draft of a record.
    ///
    /// # Errors
    /// A sentence: the kind is none that comes in by import, a key field is missing, or a case's number and kind contradict each other.
    pub(super) fn draft(&self, kind: KindId, mut facts: Facts, row: u64) -> Result<Draft, Box<Message>> {
        let declared = self.schema.kind(kind);
        if declared.internal {
            return Err(Box::new(msg!("import-kind-internal", kind = &declared.label)));
        }
        let key = self.key(kind, &facts)?;
        if let Some(case) = self.case.filter(|case| case.kind == kind) {
            self.read_kind(case, &key, &mut facts)?;
        }
        Ok(Draft { kind, key, facts, row })
    }

    /// The natural key, its parts joined as `L12/1`.
    fn key(&self, kind: KindId, facts: &[(FieldId, Option<Value>)]) -> Result<String, Box<Message>> {
        let declared = self.schema.kind(kind);
        let mut key = String::new();
        for id in &declared.key {
            let field = declared.field(*id);
            let value = facts.iter().find(|(known, _)| known == id).and_then(|(_, value)| value.as_ref());
            let Some(value) = value else {
                return Err(Box::new(msg!("import-key-missing", kind = &declared.label, field = &field.label)));
            };
            if !key.is_empty() {
                key.push('/');
            }
            match value {
                Value::Text(text) => key.push_str(text),
                Value::Code(code) => key.push_str(&field.codes[usize::from(*code)].id),
                other => key.push_str(&other.written()),
            }
        }
        if key.len() > limits::LONGEST_KEY_BYTES {
            return Err(Box::new(msg!("import-key-too-long", most = limits::LONGEST_KEY_BYTES)));
        }
        Ok(key)
    }

    /// A case's kind is read from its number.
    fn read_kind(&self, case: CaseFields, key: &str, facts: &mut Facts) -> Result<(), Box<Message>> {
        let Ok(number) = CaseNumber::parse(key) else { return Ok(()) };
        let field = self.schema.field(case.kind, case.code);
        let Some(code) = field.code(number.kind) else { return Ok(()) };
        match facts.iter_mut().find(|(id, _)| *id == case.code) {
            Some((_, Some(Value::Code(stated)))) if *stated != code => {
                let stated = &field.codes[usize::from(*stated)].label;
                Err(Box::new(msg!("import-kind-differs", number = number.kind, stated = stated)))
            }
            Some((_, value)) => {
                *value = Some(Value::Code(code));
                Ok(())
            }
            None => {
                facts.push((case.code, Some(Value::Code(code))));
                Ok(())
            }
        }
    }
}
