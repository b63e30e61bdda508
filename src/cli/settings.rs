//! Common options turned into what the pipeline needs; the only place that reads the clock.
#![allow(clippy::disallowed_methods)]
use super::Common;
use crate::model::Lang;
use crate::pipeline::Settings;
use crate::programme::{self, Programme};
use crate::worker::{self, Pool};
use anyhow::Context;
use jiff::civil::Date;
use std::fs;

/// Hours that Asia/Shanghai is ahead of UTC.
const SHANGHAI: i8 = 8;
/// Seconds for the pages of one file.
const DRAWING: u64 = 20;

/// The programme named by `--programme`, else the built-in one.
pub fn programme(common: &Common) -> anyhow::Result<Programme> {
    let Some(path) = &common.programme else { return Ok(programme::builtin().clone()) };
    let text = fs::read_to_string(path).with_context(|| common.doing("读取规则文件", "reading programme", path.display()))?;
    Ok(programme::load(&text, &path.display().to_string())?)
}

/// Now, Asia/Shanghai.
pub fn now() -> jiff::Zoned {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(SHANGHAI)))
}

pub fn as_of(common: &Common) -> Date {
    common.as_of.unwrap_or_else(|| now().date())
}

/// Settings of a run; sets the number of threads.
pub fn settings(common: &Common) -> anyhow::Result<Settings> {
    if let Some(jobs) = common.jobs {
        // Fails only where a pool exists already, which is then as good.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
    }
    Ok(Settings {
        programme: programme(common)?,
        as_of: as_of(common),
        stage: common.stage(),
        lang: common.lang(),
        with_sm3: false,
        workers: Some(workers()?),
        ocr: Some(super::ocr::recogniser(common)?),
    })
}

impl Common {
    pub fn is_zh(&self) -> bool {
        self.lang() == Lang::Zh
    }
}

/// Where intake finds the operator's files.
pub fn options(common: &Common) -> crate::intake::Options {
    crate::intake::Options { lists: common.lists.clone(), paper: common.paper.clone(), intake: common.intake.clone(), ..crate::intake::Options::default() }
}

/// Workers are this same binary under its hidden verb.
pub fn workers() -> anyhow::Result<Pool> {
    let program = std::env::current_exe().context("finding this program's own file to start workers from")?;
    Ok(Pool::new(program, worker::Limits::default()))
}

/// Workers that draw: a page that takes longer than a reader of it would wait is shown in words.
pub fn painters() -> anyhow::Result<Pool> {
    let program = std::env::current_exe().context("finding this program's own file to start workers from")?;
    Ok(Pool::new(program, worker::Limits { seconds: DRAWING, ..worker::Limits::default() }))
}
