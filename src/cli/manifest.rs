//! `prescreen manifest DOSSIER -o DIR`: the paper copy's hash manifest and the slip to bind as page 1.
use super::{Common, Ending, settings};
use crate::paper::manifest as making;
use crate::pipeline;
use crate::report::words::pick;
use crate::report::{Output, slip};
use anyhow::Context;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ManifestArgs {
    /// A folder, an archive, an e-mail or a single document
    dossier: PathBuf,
    /// Folder for manifest.json, manifest-sha256.txt, slip.docx, slip.pdf and slip.html
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// The same files and digest in SM3 (GB/T 32905) beside SHA-256
    #[arg(long)]
    sm3: bool,
}

pub fn manifest(args: &ManifestArgs, common: &Common) -> anyhow::Result<Ending> {
    let mut settings = settings::settings(common)?;
    settings.with_sm3 = args.sm3;
    let options = crate::intake::Options { sm3: args.sm3, ..settings::options(common) };
    let dossiers = pipeline::understand_single(&args.dossier, &options, &settings).with_context(|| common.doing("打开", "opening", args.dossier.display()))?;
    let output = Output::open(&args.out).with_context(|| common.doing("打开清单文件夹", "opening the folder for the manifest", ""))?;
    let created = match common.as_of {
        Some(day) => format!("{day}T00:00:00+08:00"),
        None => settings::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    };
    let mut out = io::stdout().lock();
    for dossier in &dossiers {
        let manifest = making::make(dossier, Some(created.clone()), args.sm3);
        let folder = if dossiers.len() > 1 { format!("{}/", crate::report::folder::folder_names([dossier.id.as_str()])[0]) } else { String::new() };
        let mut json = serde_json::to_vec_pretty(&manifest)?;
        json.push(b'\n');
        output.write(&format!("{folder}manifest.json"), &json)?;
        output.write(&format!("{folder}manifest-sha256.txt"), making::sha256_text(&manifest).as_bytes())?;
        if let Some(text) = making::sm3_text(&manifest) {
            output.write(&format!("{folder}manifest-sm3.txt"), text.as_bytes())?;
        }
        output.write(&format!("{folder}slip.html"), slip::html(&manifest, dossier, settings.lang).as_bytes())?;
        output.write(&format!("{folder}slip.docx"), &slip::docx(&manifest, dossier, settings.lang)?)?;
        output.write(&format!("{folder}slip.pdf"), &slip::pdf(&manifest, dossier, settings.lang)?)?;
        if common.json {
            serde_json::to_writer(&mut out, &manifest)?;
            writeln!(out)?;
        } else if !common.quiet {
            writeln!(
                out,
                "{}  {}{}  {}{}",
                super::terminal::printable(&dossier.id),
                pick(common.lang(), "校验码 ", "code "),
                manifest.code,
                manifest.files.len(),
                pick(common.lang(), " 个文件", " files")
            )?;
            writeln!(
                out,
                "{}{}",
                pick(common.lang(), "请打印并装订为第 1 页：", "print and bind as page 1: "),
                super::terminal::printable(&output.path(&format!("{folder}slip.docx")).display().to_string())
            )?;
        }
    }
    Ok(Ending::Clean)
}
