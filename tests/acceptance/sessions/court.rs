//! The small court of these sessions: a case for every way in which a last day comes about.

use super::transcript::Transcript;

/// Its records as JSON Lines.
const RECORDS: &str = r#"
{"kind":"person","person_id":"p1","name":"张某","posts":["handler"]}
{"kind":"person","person_id":"p2","name":"李某","posts":["centre-director"]}
{"kind":"person","person_id":"p3","name":"王某","posts":["quality"]}
{"kind":"case","case_no":"（2026）豫1303执1号","filed_at":"2026-02-10T09:30","handed_on":"2026-02-11","handler":"p1"}
{"kind":"party","case_no":"（2026）豫1303执1号","no":1,"role":"debtor","name":"甲","notice_sent_on":"2026-02-12"}
{"kind":"party","case_no":"（2026）豫1303执1号","no":2,"role":"debtor","name":"乙"}
{"kind":"query","query_no":"Q1","case_no":"（2026）豫1303执1号","channel":"p2p","automatic":false,"sent_at":"2026-02-10T15:00"}
{"kind":"case","case_no":"（2026）豫1303执2号","filed_at":"2026-03-04T16:40","handed_on":"2026-03-04","handler":"p1"}
{"kind":"case","case_no":"（2026）豫1303执3号","filed_at":"2026-03-03","handed_on":"2026-03-04","handler":"p1"}
{"kind":"case","case_no":"（2025）豫1303执4号","filed_at":"2025-08-15","handed_on":"2025-08-18","handler":"p1","notice_sent_on":"2025-08-18","report_order_on":"2025-08-18"}
{"kind":"suspension","suspension_no":"S1","case_no":"（2025）豫1303执4号","type":"评估","from_on":"2025-10-01","until_on":"2025-10-15"}
{"kind":"suspension","suspension_no":"S2","case_no":"（2025）豫1303执4号","type":"公告","from_on":"2025-10-11","until_on":"2025-10-20"}
{"kind":"case","case_no":"（2025）豫1303执5号","filed_at":"2025-08-15","handed_on":"2025-08-18","handler":"p1","notice_sent_on":"2025-08-18","report_order_on":"2025-08-18"}
{"kind":"extension","extension_no":"E1","case_no":"（2025）豫1303执5号","months":3,"approved_on":"2026-02-10","by":"p2"}
{"kind":"case","case_no":"（2025）豫1303执6号","filed_at":"2025-08-15","handed_on":"2025-08-18","handler":"p1","notice_sent_on":"2025-08-18","report_order_on":"2025-08-18"}
{"kind":"suspension","suspension_no":"S3","case_no":"（2025）豫1303执6号","type":"评估","from_on":"2026-01-10"}
{"kind":"case","case_no":"（2025）豫1303执7号","filed_at":"2025-08-15","handed_on":"2025-08-18","handler":"p1","notice_sent_on":"2025-08-18","report_order_on":"2025-08-18"}
{"kind":"control","control_no":"K1","case_no":"（2025）豫1303执7号","measure":"freeze","from_on":"2025-03-09","expires_on":"2026-03-08"}
{"kind":"control","control_no":"K2","case_no":"（2025）豫1303执7号","measure":"seal","from_on":"2025-09-01"}
{"kind":"instruction","instruction_no":"Z1","case_no":"（2025）豫1303执7号","sender":"p1","module":"disposal","receiver":"p3","sent_at":"2026-03-02T09:00","due_at":"2026-03-04T17:00"}
{"kind":"clue","clue_no":"C1","case_no":"（2025）豫1303执7号","received_on":"2026-02-27","urgent":true,"content":"某公司股权"}
{"kind":"case","case_no":"（2025）豫1303执8号","filed_at":"2025-12-29T10:00","handed_on":"2025-12-30","handler":"p1","notice_sent_on":"2026-01-20","report_order_on":"2026-01-05","amount_due":"1000"}
{"kind":"query","query_no":"Q8","case_no":"（2025）豫1303执8号","channel":"p2p","automatic":true,"sent_at":"2025-12-29T11:00"}
{"kind":"closing","closing_no":"B1","case_no":"（2025）豫1303执8号","closing_kind":"terminated-round","submitted_at":"2026-03-05T08:30"}
{"kind":"case","case_no":"（2026）豫1303执保9号","filed_at":"2026-02-10T09:30","handler":"p1"}
"#;

/// Makes the court in `DIR/court`.
pub(super) fn open(session: &mut Transcript) {
    session.write("court.jsonl", RECORDS.trim_start());
    session.prepares("import --store DIR/court DIR/court.jsonl", 0);
}
