# How a verdict came about, said to a person.

limit-workdays = { $n } working { $n ->
    [one] day
   *[other] days
}
limit-days = { $n } { $n ->
    [one] day
   *[other] days
}
limit-months = { $n } { $n ->
    [one] month
   *[other] months
}
limit-hours = { $n } { $n ->
    [one] hour
   *[other] hours
}
limit-same-day = the same day

step-limit = the limit is { $limit }; the start day is not counted
step-limit-hours = the limit is { $limit }, counted from the very minute, holidays or not
step-limit-hours-from-day = the limit is { $limit }; only the day of the start is known, so it is counted from its 24:00
step-limit-same-day = to be done on the day itself, or on the next working day if that is off
step-limit-strict = the limit is { $limit }; the last day never moves, because a right is lost with it
step-stated = the record itself states the last day; it does not move
step-day = { $day } counts as day { $number }
step-days = { $from } to { $to } count as days { $first } to { $last }
step-made-up = { $day } is a weekend day worked to make up for { $name }: day { $number }
step-weekend-day = { $day } is a day of the weekend: not counted
step-weekend = { $from } to { $to } is a weekend: not counted
step-holiday-day = { $day } is off for { $name }: not counted
step-holiday = { $from } to { $to } are off for { $name }: not counted
step-statutory-day = { $day } is the statutory holiday { $name }, the year's notice being unpublished: not counted, provisionally
step-statutory = { $from } to { $to } is the statutory holiday { $name }, the year's notice being unpublished: not counted, provisionally
step-moved-weekend = { $days } at the weekend: the last day moves on
step-moved-holiday = { $days } off for { $name }: the last day moves on
span-day = { $day }
span-days = { $from } to { $to }
step-extended = extended by { $months } { $months ->
    [one] month
   *[other] months
}, approved on { $approved }
step-suspended = suspended from { $from } to { $until }, both days included
step-suspended-still = suspended since { $from } and still so: the clock stands
step-excluded = { $days } { $days ->
    [one] day is
   *[other] days are
} excluded in all, each counted once
step-raw-end = the limit would end on { $day }
step-warning = due soon from { $from } on ({ $warn } before)

basis-list = the duty list
basis-law = national law
basis-court = court parameter
basis-unconfirmed = to be confirmed

parameter-within = limit
parameter-warn = warned
parameter-when = binds
parameter-remind = reminded
parameter-report = reported

limit-stated = by “{ $stated }”, as the record states it
limit-stated-else = by “{ $stated }”, as the record states it; where it does not, { $limit }
limit-earlier = { $limit } or “{ $stated }” as the record states it, the earlier
limit-strict = { $limit }, never moved
limit-when = where { $when }: { $limit }
limit-otherwise = else { $limit }

addressee-post-of = whoever holds the post that { $field } names
addressee-when = { $who } (where { $when })
report-overdue = when overdue to { $to }
report-due-soon = when due soon to { $to }
report-warning = { $warn } before to { $to }
report-violation = the same day to { $to }

# Conditions said in words.

said-yes = yes
said-no = no
said-and = { $a } and { $b }
said-or = { $a } or { $b }
said-grouped = ({ $what })
said-not = not ({ $what })
said-known = “{ $what }” is known
said-unknown = “{ $what }” is unknown
said-in = “{ $what }” is one of { $list }
said-not-in = “{ $what }” is none of { $list }
said-like = “{ $what }” is like “{ $pattern }”
said-has = “{ $what }” contains { $member }
said-is-true = ({ $what }) holds
said-is-false = ({ $what }) does not hold
said-is-unknown = ({ $what }) cannot be told
said-always = always
said-never = never
said-untold = cannot be told
said-flag-yes = “{ $a }” is yes
said-flag-no = “{ $a }” is no
said-equal = “{ $a }” is { $b }
said-not-equal = “{ $a }” is not { $b }
said-before = “{ $a }” is before { $b }
said-not-after = “{ $a }” is not after { $b }
said-after = “{ $a }” is after { $b }
said-not-before = “{ $a }” is not before { $b }
said-less = “{ $a }” is less than { $b }
said-at-most = “{ $a }” is at most { $b }
said-more = “{ $a }” is more than { $b }
said-at-least = “{ $a }” is at least { $b }
said-as-of = the time of the scan
said-add = { $a } plus { $b }
said-subtract = { $a } minus { $b }
said-multiply = { $a } times { $b }
said-if = { $what } (where { $when })
said-first = the first that is known of { $list }
said-greatest = the latest or greatest of { $list }
said-least = the earliest or least of { $list }
said-add-months = { $months } { $months ->
    [one] month
   *[other] months
} after { $what }
said-text = “{ $text }”
said-list = { $a }, { $b }
said-cases = { $a }; { $b }
said-else = { $a }, else { $b }
