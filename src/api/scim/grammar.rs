//! The grammar of filters (RFC 7644, 3.4.2.2; contract, 3).
use super::filter::Filter;
use super::path::{Name, is_letter, named};
use super::schema::{Attribute, Kind, Type};
use crate::api::Fault;
use crate::domain::condition::How;
use serde_json::Value;

const LONGEST: usize = 8_000;
/// So deep may brackets stand in each other.
const DEEPEST: usize = 40;

/// Of a whole resource.
pub fn of_resources(kind: &'static Type, raw: &str) -> Result<Filter, Fault> {
    Parser::new(raw, kind, None).whole()
}

/// Of the elements of a list: what stands between its square brackets.
pub fn of_elements(kind: &'static Type, list: Name, raw: &str) -> Result<Filter, Fault> {
    Parser::new(raw, kind, Some(list)).whole()
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    OpenElement,
    CloseElement,
    /// Behind an element, as one client writes it.
    Part(String),
    Word(String),
    Value(Value),
}

struct Parser<'r> {
    rest: &'r str,
    kind: &'static Type,
    /// The list whose elements are meant.
    list: Option<Name>,
    depth: usize,
}

fn malformed(message: impl Into<String>) -> Fault {
    Fault::Coded("invalidFilter", message.into())
}

impl<'r> Parser<'r> {
    fn new(rest: &'r str, kind: &'static Type, list: Option<Name>) -> Self {
        Self { rest, kind, list, depth: 0 }
    }

    fn whole(mut self) -> Result<Filter, Fault> {
        if self.rest.len() > LONGEST {
            return Err(malformed(format!("A filter may have {LONGEST} bytes at most.")));
        }
        let filter = self.any()?;
        let rest = self.rest;
        match self.next()? {
            None => Ok(filter),
            Some(_) => Err(malformed(format!("The filter goes on after it should end: {:?}.", rest.trim()))),
        }
    }

    fn peek(&self) -> Result<Option<Token>, Fault> {
        Ok(token(self.rest)?.map(|(token, _)| token))
    }

    fn next(&mut self) -> Result<Option<Token>, Fault> {
        let Some((token, rest)) = token(self.rest)? else { return Ok(None) };
        self.rest = rest;
        Ok(Some(token))
    }

    fn expect(&mut self, wanted: &Token, sign: char) -> Result<(), Fault> {
        match self.next()? {
            Some(found) if found == *wanted => Ok(()),
            _ => Err(malformed(format!("The filter lacks a {sign:?}."))),
        }
    }

    fn takes_word(&mut self, word: &str) -> Result<bool, Fault> {
        let found = matches!(self.peek()?, Some(Token::Word(one)) if one.eq_ignore_ascii_case(word));
        if found {
            self.next()?;
        }
        Ok(found)
    }

    fn any(&mut self) -> Result<Filter, Fault> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or")? {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::Any(parts) })
    }

    fn all(&mut self) -> Result<Filter, Fault> {
        let mut parts = vec![self.one()?];
        while self.takes_word("and")? {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::All(parts) })
    }

    fn one(&mut self) -> Result<Filter, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(malformed("The filter is nested too deep."));
        }
        let negated = matches!(self.peek()?, Some(Token::Word(word)) if word.eq_ignore_ascii_case("not"));
        if negated {
            self.next()?;
        }
        let filter = match self.next()? {
            Some(Token::Open) => {
                let inner = self.any()?;
                self.expect(&Token::Close, ')')?;
                inner
            }
            Some(Token::Word(name)) if !negated => self.comparison(&name)?,
            _ => return Err(malformed("The filter lacks an attribute or a bracket.")),
        };
        self.depth -= 1;
        Ok(if negated { Filter::Not(Box::new(filter)) } else { filter })
    }

    /// Unknown attributes are as if nobody had them.
    fn name(&self, raw: &str) -> Result<Option<Name>, Fault> {
        // A URN has dots and colons of its own.
        let plain = raw.rsplit_once(':').map_or(raw, |(_, last)| last);
        let starts_well = plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$');
        if !starts_well || !plain.chars().all(|c| is_letter(c) || c == '.') {
            return Err(malformed(format!("{raw:?} is no name of an attribute.")));
        }
        Ok(match self.list {
            Some(list) => list.attribute.part(raw).map(|part| Name { part: Some(part), ..list }),
            None => named(self.kind, raw),
        })
    }

    fn comparison(&mut self, raw: &str) -> Result<Filter, Fault> {
        let name = self.name(raw)?;
        if self.list.is_none() && self.peek()? == Some(Token::OpenElement) {
            return self.element(name);
        }
        let Some(Token::Word(how)) = self.next()? else {
            return Err(malformed(format!("What to do with {raw:?} is not said: eq, co, pr, …")));
        };
        if how.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(name));
        }
        let how = How::parse(&how).ok_or_else(|| malformed(format!("{how:?} is no operator.")))?;
        let value = self.value(raw)?;
        if let Some(name) = name {
            compares(name.part.unwrap_or(name.attribute), how, &value)?;
        }
        Ok(Filter::Compare(name, how, value))
    }

    fn value(&mut self, raw: &str) -> Result<Value, Fault> {
        match self.next()? {
            Some(Token::Value(value)) => Ok(value),
            Some(Token::Word(word)) => match word.to_ascii_lowercase().as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                "null" => Ok(Value::Null),
                _ => Err(malformed(format!("The text {word:?} must stand in double quotes."))),
            },
            _ => Err(malformed(format!("What to compare {raw:?} with is not said."))),
        }
    }

    fn element(&mut self, name: Option<Name>) -> Result<Filter, Fault> {
        self.next()?;
        let outer = self.list;
        // Of an unknown list nothing is known either.
        let unknown = Name { under: None, attribute: &super::attributes::COMMON[0], part: None };
        self.list = Some(name.unwrap_or(unknown));
        let mut inner = self.any()?;
        self.expect(&Token::CloseElement, ']')?;
        if let Some(Token::Part(part)) = self.peek()? {
            self.next()?;
            inner = Filter::All(vec![inner, self.comparison(&part)?]);
        }
        self.list = outer;
        Ok(Filter::Element(name, Box::new(inner)))
    }
}

/// Refuses an order among what has none.
fn compares(attribute: &Attribute, how: How, value: &Value) -> Result<(), Fault> {
    let is_ordering = matches!(how, How::Above | How::AtLeast | How::Below | How::AtMost);
    let unordered = matches!(attribute.kind, Kind::Flag | Kind::Bytes) || value.is_boolean() || value.is_null();
    if is_ordering && unordered {
        return Err(malformed(format!("{} knows no order.", attribute.name)));
    }
    Ok(())
}

/// The next one, and what follows it.
fn token(rest: &str) -> Result<Option<(Token, &str)>, Fault> {
    let rest = rest.trim_start();
    let Some(first) = rest.chars().next() else { return Ok(None) };
    let single = |token| Ok(Some((token, &rest[1..])));
    match first {
        '(' => single(Token::Open),
        ')' => single(Token::Close),
        '[' => single(Token::OpenElement),
        ']' => single(Token::CloseElement),
        '"' | '-' | '0'..='9' => {
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
            match values.next() {
                Some(Ok(value)) => Ok(Some((Token::Value(value), &rest[values.byte_offset()..]))),
                _ => Err(malformed(format!("This is no JSON value: {rest:?}."))),
            }
        }
        _ => {
            let end = rest.find(|c: char| c.is_whitespace() || "()[]\"".contains(c)).unwrap_or(rest.len());
            let (word, rest) = rest.split_at(end);
            let part = word.strip_prefix('.').map(|part| Token::Part(part.to_owned()));
            Ok(Some((part.unwrap_or_else(|| Token::Word(word.to_owned())), rest)))
        }
    }
}
