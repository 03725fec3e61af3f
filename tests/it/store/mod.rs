mod plans;
mod search;
