//! What a user does at the command line, and what he sees.
