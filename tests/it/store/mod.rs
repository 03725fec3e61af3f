mod counts;
mod orders;
mod pages;
mod plans;
mod search;
mod writers;
