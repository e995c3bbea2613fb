//! The catalogue's last column: whom each duty reminds, and who hears of it at which stage. Its rows are the duties that
//! the model knows.

/// What a stage is to [`Route`]: `0` the first warning and so on.
const SOON: u8 = 0;
const SEVEN_DAYS: u8 = 3;
const OVERDUE: u8 = 254;
const VIOLATION: u8 = 255;

/// A duty's addressees.
pub(crate) struct Route {
    duty: &'static str,
    /// A field that names a person, or a post.
    pub(crate) remind: &'static [&'static str],
    /// From a stage on: posts, each in the place of the one before.
    pub(crate) report: &'static [(u8, &'static [&'static str])],
}

const fn route(
    duty: &'static str,
    remind: &'static [&'static str],
    report: &'static [(u8, &'static [&'static str])],
) -> Route {
    Route { duty, remind, report }
}

const CENTRE: &[&str] = &["centre-director"];
const CENTRE_LEAD: &[&str] = &["centre-director", "lead"];
const CENTRE_CHIEF: &[&str] = &["centre-director", "chief"];
const CHIEF: &[&str] = &["chief"];
const LEAD: &[&str] = &["lead"];

const HANDLER: &[&str] = &["handler"];
const MANAGER: &[&str] = &["manager-or-specialist"];
const ASSIGNING: &[&str] = &["post:quality"];
const BOTH: &[&str] = &["handler", "manager"];
const FUNDS: &[&str] = &["post:funds"];
const TERMINATED: &[&str] = &["post:terminated"];
const PETITION: &[&str] = &["post:petition"];
const DISPOSAL: &[&str] = &["post:disposal"];

#[rustfmt::skip]
const ROUTES: [Route; 68] = [
    route("quality.execution-notice", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.execution-notice-statutory", HANDLER, &[]),
    route("quality.property-report-order", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.network-query", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.network-query-automatic", HANDLER, &[(VIOLATION, CENTRE)]),
    route("quality.traditional-inquiry", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.sanctions-considered", HANDLER, &[(VIOLATION, CENTRE)]),
    route("quality.clue-verified", HANDLER, &[(OVERDUE, CENTRE)]),
    route("quality.term", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.control-expiry", BOTH, &[(SEVEN_DAYS, CENTRE_CHIEF), (OVERDUE, CENTRE_CHIEF)]),
    route("quality.instruction-received", &["sender", "module"], &[(OVERDUE, CENTRE_LEAD)]),
    route("quality.instruction-feedback", &["receiver", "unreceived-sender"], &[(SOON, CENTRE_LEAD), (OVERDUE, CENTRE_LEAD)]),
    route("quality.closing-review", &["post:quality"], &[(OVERDUE, CENTRE)]),
    route("quality.closing-fields", HANDLER, &[(VIOLATION, CENTRE_CHIEF)]),
    route("quality.closing-correction", HANDLER, &[(OVERDUE, CENTRE_CHIEF)]),
    route("quality.termination-review", HANDLER, &[(VIOLATION, CENTRE_CHIEF)]),

    route("funds.account-opened", HANDLER, &[(OVERDUE, CHIEF)]),
    route("funds.account-told", HANDLER, &[(OVERDUE, CHIEF)]),
    route("funds.arrival-noticed", HANDLER, &[(OVERDUE, CHIEF)]),
    route("funds.claim", HANDLER, &[(SOON, CHIEF), (OVERDUE, CHIEF)]),
    route("funds.unidentified", &["post:funds", "post:finance"], &[(OVERDUE, &["chief", "finance"])]),
    route("funds.disbursement", HANDLER, &[(SOON, CHIEF), (OVERDUE, CHIEF)]),
    route("funds.disbursement-statutory", &["handler-or-specialist"], &[(OVERDUE, CHIEF)]),
    route("funds.disbursement-resumed", HANDLER, &[(OVERDUE, CHIEF)]),
    route("funds.payout-conforms", HANDLER, &[(VIOLATION, CHIEF)]),
    route("funds.anomaly", FUNDS, &[(VIOLATION, CHIEF)]),
    route("funds.anomaly-handled", &["post:chief"], &[(OVERDUE, LEAD)]),

    route("terminated.second-review", TERMINATED, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.enrolled", TERMINATED, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.auto-query", MANAGER, &[(VIOLATION, CENTRE_LEAD)]),
    route("terminated.periodic-query", MANAGER, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.screening", MANAGER, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.deposit-alert", BOTH, &[(VIOLATION, CENTRE_LEAD)]),
    route("terminated.result-told", MANAGER, &[]),
    route("terminated.restoration-decided", TERMINATED, &[(OVERDUE, CENTRE_LEAD)]),
    // Cases are assigned under the quality specialist (Z1.0(2)).
    route("terminated.handler-changed", ASSIGNING, &[(VIOLATION, CENTRE_CHIEF)]),
    route("terminated.clue-answered", MANAGER, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.distribution", MANAGER, &[(OVERDUE, CENTRE_LEAD)]),
    route("terminated.release-ruling", HANDLER, &[(OVERDUE, CENTRE_LEAD)]),

    route("petition.registered", PETITION, &[(OVERDUE, CHIEF)]),
    route("petition.resolved", &["petition-handler", "post:petition"], &[(OVERDUE, CHIEF)]),
    route("petition.explained", &["petition-handler"], &[(OVERDUE, CHIEF)]),
    route("petition.materials", PETITION, &[(VIOLATION, CHIEF)]),
    route("petition.sensitive-period", PETITION, &[(OVERDUE, CHIEF)]),

    route("key.handler-post", ASSIGNING, &[(VIOLATION, CHIEF)]),
    route("key.unmarked", &["post:key"], &[]),

    route("disposal.materials-handed", HANDLER, &[(OVERDUE, CENTRE)]),
    route("disposal.instruction-says-handed", &["sender"], &[(VIOLATION, CENTRE)]),
    route("disposal.price-started", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.survey-complete", HANDLER, &[(VIOLATION, CENTRE)]),
    route("disposal.no-blanket-disclaimer", DISPOSAL, &[(VIOLATION, CENTRE)]),
    route("disposal.price-report-served", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.price-paper-handed", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.efile-told", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.price-system", DISPOSAL, &[(VIOLATION, CENTRE)]),
    route("disposal.price-order", DISPOSAL, &[(VIOLATION, CENTRE)]),
    route("disposal.price-validity", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.notice-published", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.parties-told-before", DISPOSAL, &[(VIOLATION, CENTRE)]),
    route("disposal.notice-served", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.notice-period", DISPOSAL, &[(VIOLATION, CENTRE)]),
    route("disposal.next-round", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.balance-paid", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.payment-told", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.sale-ruling", HANDLER, &[(OVERDUE, CENTRE)]),
    route("disposal.sale-ruling-served", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.transferred", DISPOSAL, &[(OVERDUE, CENTRE)]),
    route("disposal.archived", DISPOSAL, &[(OVERDUE, CENTRE)]),
];

/// Whether the model says anything of a duty.
pub(crate) fn is_known(duty: &str) -> bool {
    ROUTES.iter().any(|route| route.duty == duty)
}

/// The ids of the duties that the model knows.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|route| route.duty)
}

/// Who must act, who must hear of it and from which stage on.
pub(crate) fn routing(duty: &str) -> &'static Route {
    ROUTES.iter().find(|route| route.duty == duty).expect("a duty of the catalogue")
}
