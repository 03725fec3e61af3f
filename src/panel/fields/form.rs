//! `/fields/new` and `/fields/{id}/edit`.
use crate::actions::fields;
use crate::domain::custom::{self, Audience, Bilingual, FieldKind};
use crate::domain::{CustomField, Error, FieldErrors, Result, Verb, fold, text};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "fields/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    field: Option<&'a CustomField>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageFields) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let usual = || Entered::of([("kind".into(), "text".into()), ("audience".into(), "all".into())]);
    let entered = visit.kept().unwrap_or_else(usual);
    page(&visit, StatusCode::OK, None, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&entered, None) {
        Ok(field) => visit.write(move |act| fields::create(act, &field)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(_) => visit.go("/fields", Some("done.field_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let field = visit.read(move |act| fields::edit(act, id)).await?;
    let entered = visit.kept().unwrap_or_else(|| as_it_is(&field));
    page(&visit, StatusCode::OK, Some(&field), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let old = visit.read(move |act| fields::edit(act, id)).await?;
    let outcome = match parse(&entered, Some(&old)) {
        Ok(field) => visit.write(move |act| fields::update(act, CustomField { version, ..field })).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(()) => visit.go("/fields", Some("done.edited")),
        Err(e) => wrong(&visit, Some(&old), &entered, e),
    }
}

fn as_it_is(field: &CustomField) -> Entered {
    let tick = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    Entered::of([
        ("version".into(), field.version.to_string()),
        ("kind".into(), field.kind.name().into()),
        ("audience".into(), field.audience.name().into()),
        ("staff_only".into(), tick(field.staff_only)),
        ("required".into(), tick(field.required)),
        ("label_en".into(), field.label.en.clone()),
        ("label_zh".into(), field.label.zh.clone()),
        ("help_en".into(), field.help.en.clone()),
        ("help_zh".into(), field.help.zh.clone()),
        ("initial".into(), field.initial.clone()),
        ("choices".into(), field.choices.join("\n")),
        ("pattern".into(), field.pattern.clone()),
    ])
}

/// Name and kind of one that exists stay as they are.
fn parse(entered: &Entered, old: Option<&CustomField>) -> Result<CustomField> {
    let mut errors = FieldErrors::default();
    let mut line = |name: &'static str, max| errors.take(name, text::line(entered.get(name), max)).unwrap_or_default();
    let label = Bilingual { en: line("label_en", 100), zh: line("label_zh", 100) };
    let help = Bilingual { en: line("help_en", 500), zh: line("help_zh", 500) };
    let (initial, pattern) = (line("initial", 500), line("pattern", 500));
    if label.en.is_empty() && label.zh.is_empty() {
        errors.add("label_en", "fields.no_label");
    }
    let kind =
        old.map_or_else(|| FieldKind::parse(entered.get("kind")).ok_or("kind_of_field.unknown"), |old| Ok(old.kind));
    let kind = errors.take("kind", kind).unwrap_or(FieldKind::Text);
    let audience = errors.take("audience", Audience::parse(entered.get("audience")).ok_or("audience.unknown"));
    let name = old.map_or_else(|| named(entered.get("name"), &label.en), |old| Ok(old.name.clone()));
    let mut field = CustomField {
        id: old.map_or(0, |old| old.id),
        name: errors.take("name", name).unwrap_or_default(),
        kind,
        audience: audience.unwrap_or(Audience::All),
        staff_only: entered.ticked("staff_only"),
        required: entered.ticked("required"),
        label,
        help,
        initial: String::new(),
        choices: errors.take("choices", choices(kind, entered.get("choices"))).unwrap_or_default(),
        pattern: if kind == FieldKind::Pattern { pattern } else { String::new() },
        retired: old.is_some_and(|old| old.retired),
        version: old.map_or(1, |old| old.version),
    };
    if kind == FieldKind::Pattern && (field.pattern.is_empty() || custom::whole_pattern(&field.pattern).is_none()) {
        errors.add("pattern", "fields.bad_pattern");
    } else if errors.is_empty() {
        field.initial = errors.take("initial", field.parse(&initial)).unwrap_or_default();
    }
    errors.or(field)
}

/// As typed, or made from the English label: small letters, figures and `_`; empty when the label has none.
fn named(typed: &str, label: &str) -> Result<String, &'static str> {
    let source = fold(if typed.trim().is_empty() { label } else { typed });
    let spelled: String = source.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let made: String = spelled.trim_matches('_').chars().take(40).collect();
    if typed.trim().is_empty() && !made.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Ok(String::new());
    }
    let name = if typed.trim().is_empty() { made } else { source };
    let fits = (1..=40).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if fits { Ok(name) } else { Err("fields.bad_name") }
}

/// One a line; none twice, whatever its case.
fn choices(kind: FieldKind, raw: &str) -> Result<Vec<String>, &'static str> {
    let mut found: Vec<String> = vec![];
    for part in raw.lines() {
        let one = text::line(part, 100)?;
        if one.contains([';', '；']) {
            return Err("fields.choice_separator");
        }
        if found.iter().any(|other| fold(other) == fold(&one)) {
            return Err("fields.choice_twice");
        }
        if !one.is_empty() {
            found.push(one);
        }
    }
    match (kind.has_choices(), found.len()) {
        (false, _) => Ok(vec![]),
        (true, 1..=200) => Ok(found),
        (true, 0) => Err("fields.no_choices"),
        (true, _) => Err("fields.too_many_choices"),
    }
}

fn wrong(visit: &Visit, field: Option<&CustomField>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, field.map(|one| one.version))?;
    page(visit, status, field, &entered, &errors)
}

fn page(
    visit: &Visit,
    status: StatusCode,
    field: Option<&CustomField>,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, field, entered, errors }.render())
}

impl FormPage<'_> {
    /// Of a new field nobody knows the kind before it is sent, so everything is asked for.
    fn asks_for_choices(&self) -> bool {
        self.field.is_none_or(|field| field.kind.has_choices())
    }

    fn asks_for_pattern(&self) -> bool {
        self.field.is_none_or(|field| field.kind == FieldKind::Pattern)
    }

    fn kinds(&self) -> [&'static str; 7] {
        FieldKind::ALL.map(FieldKind::name)
    }

    fn audiences(&self) -> [&'static str; 3] {
        Audience::ALL.map(Audience::name)
    }
}
