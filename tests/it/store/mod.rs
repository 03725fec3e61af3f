mod plans;
mod search;
mod writers;
