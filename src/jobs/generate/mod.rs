//! Making up people for trying and measuring: the same seed gives the same people.
mod belongings;
mod names;

use crate::App;
use crate::actions::{Caller, groups, people};
use crate::domain::{Field, Fields, Result, Role, Status, Time};
use crate::store::people::NewPerson;
use fastrand::Rng;

const CHUNK: u64 = 10_000;
const ORGANISATIONS: u64 = 2_000;
/// 2018-01-01 to 2026-11-01: fixed, so that a seed always gives the same people.
const YEARS: std::ops::Range<i64> = 1_514_764_800..1_793_491_200;
const TAGS: [&str; 10] =
    ["vip", "trial", "beta", "partner", "newsletter", "press", "churned", "大客户", "续约", "待回访"];
const TITLES: [&str; 8] =
    ["Engineer", "Support lead", "Buyer", "CFO", "Office manager", "采购经理", "工程师", "客服主管"];
const ZONES: [&str; 6] =
    ["Asia/Shanghai", "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "UTC"];

/// Writes `count` people and what belongs to them in transactions of ten thousand; calls `progress` with how many are there.
pub fn run(app: &App, caller: &Caller, count: u64, seed: u64, mut progress: impl FnMut(u64)) -> Result<()> {
    let mut rng = Rng::with_seed(seed);
    // Apart, so that the same seed gives the same people whatever else they get.
    let mut extras = Rng::with_seed(!seed);
    let organisations = ORGANISATIONS.min(count / 5 + 1);
    let mut done = 0;
    while done < count {
        let until = (done + CHUNK).min(count);
        let chunk: Vec<NewPerson> = (done..until).map(|n| person(&mut rng, seed, n, organisations)).collect();
        app.write_here(caller, |act| {
            let ids = people::generate(act, &chunk, seed)?;
            let groups: Vec<i64> = groups::known(act)?.iter().map(|group| group.id).collect();
            let made: Vec<_> = ids.into_iter().zip(&chunk).map(|(id, one)| (id, one.role)).collect();
            crate::actions::belongings::generate(act, &belongings::draw(&mut extras, &made, &groups))
        })?;
        done = until;
        progress(done);
    }
    Ok(())
}

fn person(rng: &mut Rng, seed: u64, n: u64, organisations: u64) -> NewPerson {
    let created = Time::from_seconds(rng.i64(YEARS));
    let seen = rng.f32() < 0.6;
    let seen_at = Time::from_seconds(rng.i64(created.micros() / 1_000_000..YEARS.end + 1));
    NewPerson {
        uid: uuid::Builder::from_random_bytes(rng.u128(..).to_le_bytes()).into_uuid(),
        fields: fields(rng, seed, n, organisations),
        role: one_in_a_thousand(rng, [(970, Role::EndUser), (999, Role::Agent), (1000, Role::Admin)]),
        status: one_in_a_thousand(rng, [(905, Status::Active), (950, Status::Unverified), (1000, Status::Suspended)]),
        created_at: created,
        last_login_at: seen.then_some(seen_at),
    }
}

fn one_in_a_thousand<T: Copy>(rng: &mut Rng, steps: [(u32, T); 3]) -> T {
    let drawn = rng.u32(..1000);
    steps.iter().find(|(below, _)| drawn < *below).unwrap_or(&steps[0]).1
}

fn fields(rng: &mut Rng, seed: u64, n: u64, organisations: u64) -> Fields {
    let name = names::draw(rng);
    let mut fields = Fields::default();
    let mut set = |field, value: &str| {
        let written = fields.set(field, value);
        debug_assert_eq!(written, Ok(()), "{value} is a made up but valid value");
    };
    let host = format!(
        "{}.example",
        rng.choice(["kestrel", "lanwan", "northwind", "yunhe", "fjord", "savanna"]).unwrap_or("mail")
    );
    set(Field::Name, &name.whole);
    set(Field::FirstName, &name.first);
    set(Field::LastName, &name.last);
    set(Field::Email, &format!("{}.{seed}-{n}@{host}", name.latin));
    if rng.f32() < 0.7 {
        set(Field::Phone, &phone(rng, seed, n));
    }
    if rng.f32() < 0.4 {
        set(Field::Username, &format!("{}{seed}_{n}", name.latin.replace('.', "_")));
    }
    if rng.f32() < 0.6 {
        set(Field::Organisation, &names::organisation(rng.u64(..organisations)));
    }
    if rng.f32() < 0.3 {
        set(Field::Title, rng.choice(TITLES).unwrap_or_default());
    }
    let tags = [rng.f32() < 0.25, rng.f32() < 0.08].into_iter().filter(|yes| *yes).count();
    set(Field::Tags, &rng.choose_multiple(TAGS, tags).join(";"));
    set(Field::Language, if name.chinese { "zh" } else { "en" });
    set(Field::Timezone, if name.chinese { "Asia/Shanghai" } else { rng.choice(ZONES).unwrap_or("UTC") });
    fields
}

/// The last digits count up from a place of the seed's own, so that no two people share a number.
fn phone(rng: &mut Rng, seed: u64, n: u64) -> String {
    let prefix = rng.choice(["+86138", "+86139", "+86150", "+86186"]).unwrap_or("+86138");
    format!("{prefix}{:08}", (seed.wrapping_mul(37_000_003) % 100_000_000 + n) % 100_000_000)
}
