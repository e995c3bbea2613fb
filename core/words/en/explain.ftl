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
step-limit-strict = the limit is { $limit }; the last day never moves, because a right is lost with it
step-stated = the record itself states the last day
step-day = { $day } counts as day { $number }
step-days = { $from } to { $to } count as days { $first } to { $last }
step-made-up = { $day } is a weekend day worked to make up for { $name }: day { $number }
step-weekend-day = { $day } is a day of the weekend: not counted
step-weekend = { $from } to { $to } is a weekend: not counted
step-holiday-day = { $day } is off for { $name }: not counted
step-holiday = { $from } to { $to } are off for { $name }: not counted
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
