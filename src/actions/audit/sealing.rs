//! Sealing the history, and proving that it stands as it was written.
use crate::actions::Act;
use crate::domain::{Error, Result, Target, Time, Verb, hex};
use crate::store::audit::seals::{self, Link, Seal};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// So many entries are read at once.
const CHUNK: i64 = 5_000;
/// A seal waits for no more entries than these: others want to write, too.
const MOST_CHUNKS: usize = 4;

/// A seal taken out of the house, to hold the history against later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub seal: i64,
    pub until_entry: i64,
    pub entries: i64,
    /// SHA-256 in hexadecimal digits.
    pub hash: String,
    pub at: String,
    /// Ed25519, in base64.
    pub signature: String,
    pub public_key: String,
}

fn checkpoint_of(act: &Act, seal: &Seal) -> Checkpoint {
    Checkpoint {
        seal: seal.id,
        until_entry: seal.until_id,
        entries: seal.entries,
        hash: hex(&seal.hash),
        at: Time::from_micros(seal.at).to_string(),
        signature: STANDARD.encode(&seal.signature),
        public_key: STANDARD.encode(act.vault.public_key()),
    }
}

/// How a seal goes on from the one before.
struct Chain {
    digest: Sha256,
    entries: i64,
    until: i64,
}

impl Chain {
    fn after(seal: Option<&Seal>) -> Self {
        let digest = Sha256::new().chain_update(seal.map_or(&[] as &[u8], |seal| &seal.hash));
        Self { digest, entries: seal.map_or(0, |seal| seal.entries), until: seal.map_or(0, |seal| seal.until_id) }
    }

    fn take(&mut self, link: &Link) {
        self.digest.update(link.id.to_be_bytes());
        self.digest.update(&link.mac);
        (self.entries, self.until) = (self.entries + 1, link.id);
    }
}

/// Seals what was written since the last seal, or the first of it when that is much; nothing when that is nothing.
/// This is no change of anybody's.
pub fn seal(act: &mut Act) -> Result<Option<Checkpoint>> {
    act.actor.must(Verb::Examine, Target::House)?;
    seals::close(act.conn)?;
    let before = seals::last(act.conn)?;
    let mut chain = Chain::after(before.as_ref());
    let until = seals::latest_entry(act.conn)?;
    for _ in 0..MOST_CHUNKS {
        let links = seals::links(act.conn, act.vault, chain.until, until, CHUNK)?;
        links.iter().for_each(|link| chain.take(link));
        if links.len() < CHUNK as usize {
            break;
        }
    }
    if before.as_ref().is_some_and(|seal| seal.entries == chain.entries) || chain.entries == 0 {
        return Ok(None);
    }
    let mut seal = Seal {
        id: before.map_or(1, |seal| seal.id + 1),
        until_id: chain.until,
        entries: chain.entries,
        hash: chain.digest.finalize().to_vec(),
        signature: vec![],
        at: act.now.micros(),
    };
    seal.signature = act.vault.sign(&seal.text());
    seals::insert(act.conn, &seal)?;
    Ok(Some(checkpoint_of(act, &seal)))
}

/// Whether entries wait for a seal.
pub fn is_behind(act: &mut Act) -> Result<bool> {
    let sealed = seals::last(act.conn)?.map_or(0, |seal| seal.until_id);
    Ok(seals::latest_entry(act.conn)? > sealed)
}

/// The latest seal, to keep somewhere else.
pub fn checkpoint(act: &mut Act) -> Result<Checkpoint> {
    act.actor.must(Verb::ProveAudit, Target::House)?;
    let seal = seals::last(act.conn)?.ok_or(Error::NotFound)?;
    Ok(checkpoint_of(act, &seal))
}

/// What is wrong with the history.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The house did not write this entry as it stands.
    Forged { entry: i64 },
    /// So many entries are missing after this one and up to that.
    Missing { after: i64, until: i64, count: i64 },
    /// So many are there that were not when the seal was made.
    Added { after: i64, until: i64, count: i64 },
    /// As many as there were, but not the same.
    Exchanged { after: i64, until: i64 },
    /// The house did not sign this seal.
    Unsigned { seal: i64 },
    /// Seals are missing, or the history was cut off before this one.
    Broken { seal: i64 },
    /// The checkpoint was not signed by this house, or says something else than its seal does now.
    Rewritten { seal: i64 },
}

/// What a look at the whole history found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub entries: i64,
    pub seals: i64,
    /// Written since the last seal.
    pub unsealed: i64,
    /// The first of them.
    pub faults: Vec<Fault>,
}

/// Many faults say no more than some.
const MOST_FAULTS: usize = 100;

/// Reads every entry and every seal; with a checkpoint also finds what was cut off since.
pub fn verify(act: &mut Act, checkpoint: Option<&Checkpoint>) -> Result<Report> {
    act.actor.must(Verb::ProveAudit, Target::House)?;
    let mut report = Report::default();
    let mut before: Option<Seal> = None;
    loop {
        let next = seals::after(act.conn, before.as_ref().map_or(0, |seal| seal.id), 100)?;
        if next.is_empty() {
            break;
        }
        for seal in next {
            check(act, &mut report, before.as_ref(), &seal)?;
            report.seals += 1;
            before = Some(seal);
        }
    }
    let sealed = report.entries;
    walk(act, &mut report, before.as_ref(), i64::MAX)?;
    report.unsealed = report.entries - sealed;
    if let Some(checkpoint) = checkpoint {
        hold_against(act, &mut report, checkpoint)?;
    }
    report.faults.truncate(MOST_FAULTS);
    Ok(report)
}

/// Goes through the entries after a seal up to a number.
fn walk(act: &mut Act, report: &mut Report, before: Option<&Seal>, until: i64) -> Result<Chain> {
    let mut chain = Chain::after(before);
    loop {
        let links = seals::links(act.conn, act.vault, chain.until, until, CHUNK)?;
        for link in &links {
            chain.take(link);
            report.entries += 1;
            if !link.is_ours && report.faults.len() < MOST_FAULTS {
                report.faults.push(Fault::Forged { entry: link.id });
            }
        }
        if links.len() < CHUNK as usize {
            return Ok(chain);
        }
    }
}

fn check(act: &mut Act, report: &mut Report, before: Option<&Seal>, seal: &Seal) -> Result<()> {
    let (after, until) = (before.map_or(0, |seal| seal.until_id), seal.until_id);
    let chain = walk(act, report, before, until)?;
    if seal.id != before.map_or(0, |seal| seal.id) + 1 {
        report.faults.push(Fault::Broken { seal: seal.id });
    }
    if !act.vault.signed(&seal.text(), &seal.signature) {
        report.faults.push(Fault::Unsigned { seal: seal.id });
    }
    let count = chain.entries - seal.entries;
    if count != 0 {
        let (missing, count) = (count < 0, count.abs());
        report.faults.push(if missing {
            Fault::Missing { after, until, count }
        } else {
            Fault::Added { after, until, count }
        });
    } else if chain.digest.finalize().as_slice() != seal.hash.as_slice() {
        report.faults.push(Fault::Exchanged { after, until });
    }
    Ok(())
}

fn hold_against(act: &mut Act, report: &mut Report, checkpoint: &Checkpoint) -> Result<()> {
    let there = seals::find(act.conn, checkpoint.seal)?;
    match there {
        None => report.faults.push(Fault::Broken { seal: checkpoint.seal }),
        Some(seal) if checkpoint_of(act, &seal) != *checkpoint => {
            report.faults.push(Fault::Rewritten { seal: checkpoint.seal });
        }
        Some(_) => {}
    }
    Ok(())
}
