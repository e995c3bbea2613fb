# The sheets of the closing review and the 终本 review: items, rules, what was seen.

review-named = { $name }

review-source-list = duty list { $clause }
review-source-26 = duty list { $clause }; 执行规定 64; for resumed, preservation and other cases to be confirmed
review-source-court = duty list { $clause }; court parameter
review-source-check = duty list { $clause }; national compliance check, item { $number } (practice)
review-source-law-373 = duty list { $clause }; 法〔2016〕373号 { $article }
review-source-law-check = duty list { $clause }; 法〔2016〕373号 { $article }; national compliance check, item { $number } (practice)

# Closing information

review-title-balance = amounts agree
review-title-termination-outstanding = outstanding on 终本
review-title-fulfilled-outstanding = outstanding when fulfilled
review-title-money-paid-out = money paid out or refunded
review-title-account-empty = balance of the case account
review-title-closing-day = closing day
review-title-after-filing = closing day and filing day
review-title-kind = way of closing
review-title-kind-agrees = application and case name the same way
review-title-kind-allowed = way of closing fits the case kind
review-title-three-months = time before 终本
review-title-sanctions-lifted = restriction and listing lifted
review-title-controls-lifted = control measures lifted

review-rule-filled-in = “{ $field }” is to be filled in
review-rule-balance = recovered, waived and outstanding add up to the amount closed
review-rule-termination-outstanding = for 终本 the amount outstanding is greater than zero
review-rule-fulfilled-outstanding = when fulfilled the amount outstanding is zero
review-rule-money-paid-out = all money that arrived is paid out or refunded
review-rule-account-empty = what arrived and what was paid are equal: the account is empty
review-rule-closing-day = the closing day is filled in and not after today
review-rule-after-filing = the closing day is not before the filing day
review-rule-kind-given = the way of closing is filled in
review-rule-kind-agrees = the application's way of closing is that of the case
review-rule-kind-allowed = the way of closing is one that a case of this kind may have
review-rule-three-months = 终本 only after { $months } months from filing
review-rule-sanctions-lifted = when fulfilled or ended, consumption restriction and dishonest listing are lifted
review-rule-controls-lifted = when fulfilled or ended, control measures are lifted

review-says-empty = “{ $field }” is empty
review-says-waits = { $fields } missing: to be looked at again when supplied
review-says-balance = the three add up to { $sum }, the amount closed is { $closed }
review-says-nothing-outstanding = nothing is outstanding: no ground for 终本
review-says-outstanding = { $amount } yuan outstanding
review-says-other-kind = not closed this way
review-says-held = { $count } { $count ->
    [one] receipt is
   *[other] receipts are
} not paid out or refunded
review-says-no-receipt = no receipt recorded
review-says-no-payout = no payout recorded
review-says-no-amount = a receipt or payout has no amount: the balance cannot be told
review-says-balance-left = { $arrived } yuan arrived, { $paid } yuan were paid
review-says-closing-ahead = the closing day filled in has not come yet
review-says-before-filing = closed on { $closed }, before filing on { $filed }
review-says-as-if = nothing is submitted yet: the way of closing is this sheet's
review-says-one-kind = named in one place only: nothing to compare
review-says-kinds-differ = the application's way of closing is not that of the case
review-says-no-kind = no way of closing: to be looked at again when supplied
review-says-kind-not-allowed = a case of this kind can only be closed as { $kinds }
review-says-too-early = { $months } months from filing end on { $last }; 终本 only after that
review-says-no-measure = no such measure
review-says-standing = { $count } not lifted

# 终本

review-title-notice = notice and property-report order
review-title-central-query = central query
review-title-inquiry = traditional inquiry
review-title-topics = provident fund, wealth products, insurance, dividends investigated
review-title-clues = clues verified
review-title-property = property found
review-title-restriction = consumption restriction, dishonest list
review-title-listed-restriction = consumption restriction
review-title-interview = interview
review-title-outstanding = amount outstanding
review-title-ruling = 终本 ruling
review-title-alive = not all debtors dead
review-title-object = object of enforcement

review-check-notice = notice
review-check-order = property-report order
review-check-small-deposits = small deposits together
review-check-restriction = consumption restriction
review-check-dishonest = dishonest list

review-rule-notice = the notice was sent to every debtor, and the property-report order was sent
review-rule-central-query = within { $months } months (and { $days } day) before the closing a central query over every opened scope and the People's Bank was sent for each debtor; village committees, owners' committees, branches and the like without an identity number are exempt
review-rule-inquiry = at least one survey, search, reward or judicial audit is recorded
review-rule-topics = each debtor's provident fund (natural persons only), wealth products, insurance and dividends were investigated
review-rule-clues = no clue is unverified
review-rule-property = no property was found; or what was found is disposed of, or cannot be for a recorded reason, or is a deposit below { $amount } yuan, all together at most { $percent } % of the amount to be enforced
review-rule-restriction = a consumption restriction is in force for each debtor; who qualifies is listed as dishonest, for whoever is not a reason is recorded
review-rule-interview = by the day of closing the applicant was interviewed and the answer recorded; exempt: the applicant asked for termination, or is a court
review-rule-outstanding = the amount outstanding is greater than zero
review-rule-ruling = the 终本 ruling was made
review-rule-alive = some debtor is no natural person, or his identity check does not say that he is dead
review-rule-object = the object of enforcement is not conduct alone
review-rule-listed-query = central query once more within { $months } months (and { $days } day) before the closing
review-rule-listed-inquiry = a traditional inquiry: any of survey, summons, search, reward, judicial audit, lawyer's order
review-rule-listed-restriction = a consumption restriction was issued and is in force

review-says-no-notice = no day is recorded on which the notice was sent
review-says-no-order = no day is recorded on which the property-report order was sent
review-says-cannot-be-queried = a village committee, owners' committee, branch or the like without an identity number: exempt
review-says-never-queried = never queried: { $scopes }
review-says-stale = queried too long before the closing: { $scopes }
review-says-stale-and-never = queried too long before the closing: { $stale }; never queried: { $never }
review-says-no-query = no central query is recorded
review-says-query-old = the last central query, of { $day }, lies too long before the closing
review-says-no-inquiry = no survey, search, reward or judicial audit is recorded
review-says-no-listed-inquiry = no traditional inquiry is recorded
review-says-topics = not investigated: { $topics }
review-says-clue = not verified
review-says-no-clue = no clue
review-says-small-deposit = a small deposit: see the sum
review-says-small-deposits = small deposits of { $total } yuan exceed { $percent } % of the { $due } yuan to be enforced
review-says-property-left = neither disposed of nor explained
review-says-property-unknown = neither disposed of nor explained; type or amount is unknown, so whether it is a small deposit cannot be told
review-says-no-property = no property was found
review-says-restriction-undated = the restriction has no day from which it runs
review-says-restriction-over = the restriction was lifted or has run out
review-says-restriction-whose = the restriction does not say whom it binds, and there are several debtors
review-says-no-restriction = no consumption restriction
review-says-not-listed-reason = not listed as dishonest; a reason is recorded
review-says-not-listed = not listed as dishonest, and no reason is recorded
review-says-asked = the applicant asked for termination: exempt
review-says-court = the applicant is a court: exempt
review-says-no-interview = no interview is recorded
review-says-interview-undated = the interview has no time
review-says-no-answer = the interview does not say whether the applicant consents
review-says-interview-late = the interview came after the day of closing
review-says-no-ruling = no day of the ruling is recorded
review-says-no-debtor = no debtor is recorded
review-says-all-dead = all debtors are dead
review-says-conduct = the object is conduct alone: no 终本

# What a person must read

review-read-reason = whether the reason fits the way of closing
review-read-unavailable = whether property said to be unavailable truly cannot be disposed of: sale failed, the applicant does not take it and nothing else is possible; or a vehicle or ship seized on the register only
review-read-clues = whether the clues were verified as recorded
review-read-interview = whether the interview told the state of the case, the measures, the property, the grounds and the consequences, heard the applicant, and is in the file
review-read-dishonest = whether the reasons for not listing as dishonest hold; for a legal person, whether those in charge are restricted as well
review-read-report = whether the property report was verified, and late, refused or false ones punished
review-read-missing = whether missing debtors were looked for, obstruction punished, crimes passed on
review-read-decision = whether the applicant signed; if not, whether a collegiate panel decided and the president approved (民诉法解释 517)
review-read-fulfilled = whether there is a notice of closing or both parties confirmed; whether a settlement was performed in full
review-read-fee = whether the enforcement fee is settled
review-read-ruling = whether the ground of the ruling or decision holds

# Items that a specialist's own code adds

review-source-specialist = specialist { $id }
review-rule-specialist = an item that the { $name } reviews
review-specialist-wrong = what specialist { $id } answered is no list of items: not on the sheet
review-specialist-long = specialist { $id } answered with more than { $most } items: not on the sheet
