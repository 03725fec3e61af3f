//! Reading what strangers wrote: no record of it may be longer than what memory is given to it.
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// No row of people is longer; a quote that is never closed would swallow the whole file.
pub const LONGEST: u64 = 4 << 20;

/// Fails when too much is read without a record coming to its end.
pub struct Bounded<R> {
    inner: R,
    length: Length,
}

/// How much was read since the last record ended.
#[derive(Clone, Default)]
pub struct Length(Rc<Cell<u64>>);

impl Length {
    /// A record came to its end.
    pub fn reset(&self) {
        self.0.set(0);
    }
}

impl<R> Bounded<R> {
    pub fn new(inner: R) -> (Self, Length) {
        let length = Length::default();
        (Self { inner, length: length.clone() }, length)
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = &self.length.0;
        if length.get() > LONGEST {
            return Err(io::Error::other("a row longer than 4 MiB; is there a quote that is never closed?"));
        }
        let read = self.inner.read(buffer)?;
        length.set(length.get() + read as u64);
        Ok(read)
    }
}
