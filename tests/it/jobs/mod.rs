mod import;
mod killed;
mod random;
