mod import;
mod killed;
