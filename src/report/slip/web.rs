//! `slip.html`.
use super::{field, grouped, made, payload, qr::Square, short_digest, total, words};
use crate::model::{Dossier, FieldId, Lang, Manifest};
use crate::report::safe;
use crate::report::words::pick;
use maud::{DOCTYPE, PreEscaped, html};

const STYLE: &str = "
@page{size:A4;margin:20mm}
*{box-sizing:border-box}
body{font:10.5pt/1.5 'FangSong_GB2312','仿宋_GB2312',FangSong,STFangsong,'Noto Serif CJK SC',serif;color:#000;background:#fff;max-width:170mm;margin:10mm auto;padding:0 4mm}
h1{font:600 18pt/1.3 SimHei,'黑体','Noto Sans CJK SC',sans-serif;text-align:center;margin:0 0 1mm}
.bind{text-align:center;margin:0 0 4mm}
.top{display:flex;border:.3mm solid #777}
.top dl{flex:1;display:grid;grid-template-columns:26mm 1fr;margin:0}
.top dt,.top dd{margin:0;padding:1.5mm 2mm;border-bottom:.2mm solid #777;overflow-wrap:anywhere}
.top dt,th{font-family:SimHei,'黑体','Noto Sans CJK SC',sans-serif;background:#e7e6e6;font-weight:400}
.top dt:nth-last-of-type(1),.top dd:nth-last-of-type(1){border-bottom:0}
.top figure{margin:0;border-left:.2mm solid #777;display:flex;align-items:center}
.code{font:700 26pt/1.2 Consolas,'DejaVu Sans Mono',monospace;white-space:nowrap;text-align:center}
table{width:100%;border-collapse:collapse;margin:4mm 0}
th,td{border:.2mm solid #777;padding:1mm 2mm;text-align:left;overflow-wrap:anywhere}
thead{display:table-header-group}tr{break-inside:avoid}
.n{text-align:center;white-space:nowrap}
code,.mono{font-family:Consolas,'DejaVu Sans Mono',monospace;font-size:9pt}
.desk{margin-top:-.2mm}.desk th{width:26mm}.desk p{margin:1.5mm 0}.ticks{font-size:12pt;display:flex;flex-wrap:wrap;gap:2mm 10mm}
.small{font-size:9pt}
@media print{body{margin:0;padding:0;max-width:none}th,.top dt{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
";

pub fn html(manifest: &Manifest, dossier: &Dossier, lang: Lang) -> String {
    let words = words(lang);
    let values = [
        safe::line(&manifest.dossier),
        safe::line(field(dossier, FieldId::ApplicantName)),
        safe::line(field(dossier, FieldId::ProjectName)),
        made(manifest).into(),
    ];
    let square = Square::of(&payload(manifest));
    html! {
        (DOCTYPE)
        html lang=(pick(lang, "zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (words.title) " " (values[0]) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (words.title) }
                p.bind { (words.bind) }
                div.top {
                    dl {
                        @for (label, value) in words.labels.iter().zip(&values) { dt { (label) } dd { (value) } }
                        dt { (words.code) } dd.code { (manifest.code) }
                    }
                    @if let Some(square) = &square {
                        @let (side, mm) = (square.side(), square.millimetres());
                        figure { svg role="img" aria-label=(payload(manifest)) viewBox=(format!("0 0 {side} {side}")) style=(format!("width:{mm}mm;height:{mm}mm")) shape-rendering="crispEdges" {
                            rect width=(side) height=(side) fill="#fff" {}
                            path d=(square.svg_path()) {}
                        } }
                    }
                }
                table.desk {
                    tr { th scope="row" { (words.digest) } td.mono { (grouped(&manifest.digest)) } }
                    tr { th scope="row" { (words.desk) } td {
                        p { strong { (total(manifest, lang)) } }
                        p.ticks { @for tick in words.ticks { span { "□ " (tick) } } }
                        p { (words.sign) }
                    } }
                }
                table {
                    thead { tr { @for word in words.columns { th scope="col" { (word) } } } }
                    tbody {
                        @for (n, file) in manifest.files.iter().enumerate() { tr {
                            td.n { (n + 1) }
                            td { (safe::line(&file.path)) }
                            td.n { @match file.pages { Some(pages) => (pages), None => "—" } }
                            td.n.mono { (short_digest(&file.sha256)) }
                        } }
                    }
                }
                p.small { (words.by_hand) br; code { (words.command) } }
                p.small { strong { (words.proves) } }
            }
        }
    }
    .into_string()
}
