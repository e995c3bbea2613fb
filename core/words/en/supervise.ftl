# What supervision says.

alarm-calendar-missing = the State Council's notice on the holidays of { $year } is not loaded: last days that reach into { $year } are provisional. Load it with `duban calendar load`
