//! `/people.csv`: a list as a file.
use super::ask::Ask;
use crate::actions::people::export;
use crate::domain::{CustomField, Error, Field, Person, Verb};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;

/// Everybody on the list, with every field that the reader may see, as an import would read it.
pub async fn show(visit: Visit) -> Answer {
    let v = &visit.view;
    let ask = Ask::parse(&visit.query, "/people", v.catalogue());
    let wanted = ask.understand(&visit.query, &v.dates)?;
    let asked = ask.query(&[]);
    let people = visit.read(move |act| export::show(act, &wanted.filter, &wanted.sort)).await?;
    let count = people.len();
    visit.write(move |act| export::record(act, count, &asked)).await?;
    let file = table(v, &people).map_err(Error::broken)?;
    let day = v.dates.iso_day(&v.dates.now);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"people-{day}.csv\"")))
        .body(file))
}

fn table(v: &View, people: &[Person]) -> anyhow::Result<Vec<u8>> {
    let catalogue = v.catalogue();
    let staff = v.can_here(Verb::SeeStaffFields);
    let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| staff || !field.is_for_staff()).collect();
    // Excel takes a file for UTF-8 only with its mark.
    let mut file = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    let fixed = ["uid", "role", "status", "created_at", "last_login_at"].map(str::to_owned);
    let names = fields.iter().map(|field| field.name().to_owned());
    let custom = catalogue.active().map(|field| field.form_name());
    file.write_record(fixed.into_iter().chain(names).chain(custom))?;
    for person in people {
        let time = |time: Option<&crate::domain::Time>| time.map(ToString::to_string).unwrap_or_default();
        let fixed = [
            person.uid.to_string(),
            person.role.name().into(),
            person.status.name().into(),
            time(Some(&person.created_at)),
            time(person.last_login_at.as_ref()),
        ];
        let values = fields.iter().map(|field| cell(*field, person));
        let of_theirs = |field: &CustomField| match field.audience.includes(person.role) {
            true => defused(person.fields.get_custom(&field.name)),
            false => String::new(),
        };
        let custom = catalogue.active().map(of_theirs);
        file.write_record(fixed.into_iter().chain(values).chain(custom))?;
    }
    Ok(file.into_inner()?)
}

fn cell(field: Field, person: &Person) -> String {
    let value = person.fields.get(field);
    match field {
        Field::Tags | Field::Groups => defused(&value.replace(", ", ";")),
        // Numbers are read as numbers, whatever they begin with.
        Field::Phone => value,
        _ => defused(&value),
    }
}

/// A cell that a spreadsheet would take for a formula is made text.
pub fn defused(value: &str) -> String {
    let is_number = value.parse::<f64>().is_ok();
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { format!("'{value}") } else { value.into() }
}
