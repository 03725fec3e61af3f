mod counts;
mod pages;
mod plans;
mod search;
mod writers;
