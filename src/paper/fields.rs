//! The six-field manual form: what a clerk copies from a paper book that came without a slip.
use super::manifest::PaperError;
use crate::say;
use crate::text::money::{Unit, parse_amount, unit_in};
use crate::text::{normal, tight};

/// `fields.csv`: the clerk's copy of six values of the paper book. Empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManualForm {
    pub name: String,
    pub project_name: Option<String>,
    pub leader: Option<String>,
    /// As written, with its fen.
    pub budget_total: Option<(String, i64)>,
    pub pages: Option<u32>,
    pub attachments: Option<u32>,
    pub sealed: Option<bool>,
}

impl ManualForm {
    /// Reads a header row with one row below it, or one `name,value` pair a row.
    ///
    /// # Errors
    /// Names the column, what was found and what was expected: a budget without its unit, a count that is no number.
    pub fn parse(name: &str, text: &str) -> Result<Self, PaperError> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.map(|r| r.iter().map(str::to_owned).collect()))
            .collect::<Result<_, csv::Error>>()
            .map_err(|e| PaperError::Text(e.to_string()))?;
        let rows: Vec<Vec<String>> = rows.into_iter().filter(|r: &Vec<String>| r.iter().any(|c| !c.is_empty())).collect();
        let across = rows.first().is_some_and(|head| head.iter().filter(|h| column(h).is_some()).count() >= 2);
        let pairs: Vec<(String, String)> = if across {
            let values = rows.get(1).cloned().unwrap_or_default();
            rows[0].iter().cloned().zip(values).collect()
        } else {
            rows.into_iter().filter(|r| r.len() >= 2).map(|mut r| (std::mem::take(&mut r[0]), std::mem::take(&mut r[1]))).collect()
        };
        let mut form = Self { name: name.to_owned(), ..Self::default() };
        let mut known = 0;
        for (head, value) in pairs {
            let Some(column) = column(&head) else { continue };
            known += 1;
            if value.is_empty() {
                continue;
            }
            form.set(column, value, unit_in(&head))?;
        }
        if known == 0 {
            return Err(PaperError::Field {
                column: "1".into(),
                expected: say!(
                    "project_name、leader、budget_total、pages、attachments 或 sealed",
                    "project_name, leader, budget_total, pages, attachments or sealed"
                ),
                found: text.chars().take(40).collect(),
            });
        }
        Ok(form)
    }

    /// `unit` is what the column's head prints: 经费合计（万元）.
    fn set(&mut self, column: &str, value: String, unit: Option<Unit>) -> Result<(), PaperError> {
        let fault = |expected| PaperError::Field { column: column.to_owned(), expected, found: value.clone() };
        match column {
            "project_name" => self.project_name = Some(normal(&value)),
            "leader" => self.leader = Some(normal(&value)),
            "budget_total" => {
                let fen = parse_amount(&value, unit).ok_or_else(|| fault(say!("带单位的金额，如 5万元", "an amount with its unit, such as 5万元")))?;
                self.budget_total = Some((value, fen));
            }
            "pages" => self.pages = Some(count(&value).ok_or_else(|| fault(say!("页数", "a number of pages")))?),
            "attachments" => self.attachments = Some(count(&value).ok_or_else(|| fault(say!("附件数", "a number of attachments")))?),
            _ => self.sealed = Some(tick(&value).ok_or_else(|| fault(say!("是或否", "是 or 否")))?),
        }
        Ok(())
    }
}

fn count(value: &str) -> Option<u32> {
    tight(value).trim_end_matches(['页', '份', '个', '件']).parse().ok()
}

fn tick(value: &str) -> Option<bool> {
    match tight(value).to_lowercase().as_str() {
        "是" | "1" | "y" | "yes" | "true" | "√" | "有" | "已盖章" => Some(true),
        "否" | "0" | "n" | "no" | "false" | "×" | "x" | "无" | "未盖章" => Some(false),
        _ => None,
    }
}

/// The column that a head names: by the contract's name, or by its words (纸质版页数, 经费总额（万元）, 是否加盖公章).
fn column(head: &str) -> Option<&'static str> {
    const NAMES: [&str; 6] = ["project_name", "leader", "budget_total", "pages", "attachments", "sealed"];
    const WORDS: [(&str, &[&str]); 6] = [
        ("leader", &["负责人", "主持人"]),
        ("project_name", &["项目名称", "课题名称", "项目"]),
        ("budget_total", &["经费", "预算", "金额"]),
        ("attachments", &["附件数", "附件份", "附件个", "附件件", "附件总", "附件数量"]),
        ("pages", &["页"]),
        ("sealed", &["盖章", "公章", "印章", "用印"]),
    ];
    let head = tight(head).to_lowercase();
    let named = NAMES.into_iter().find(|name| head.trim_end_matches(':') == *name);
    named.or_else(|| WORDS.iter().find(|(_, words)| words.iter().any(|word| head.contains(word))).map(|(name, _)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_the_form_are_read() {
        let across = ManualForm::parse("f", "project_name,leader,budget_total,pages,attachments,sealed\n智慧农业,张 三,8万元,12,3,是\n").expect("well formed");
        let down = ManualForm::parse("f", "项目名称,智慧农业\n负责人,张三\n经费合计,80000元\n页数,12页\n附件数,3\n盖章,√\n").expect("well formed");
        assert_eq!(across.budget_total.as_ref().map(|b| b.1), Some(8_000_000));
        assert_eq!((across.leader, across.pages, across.attachments, across.sealed), (down.leader, down.pages, down.attachments, down.sealed));
    }

    #[test]
    fn heads_are_known_by_their_words_and_may_carry_the_unit() {
        let form = ManualForm::parse("f", "序号,纸质版项目名称,项目主持人,申请经费总额（万元）,装订页数,附件个数,是否加盖公章\n1,智慧农业,张三,8,12,3,是\n")
            .expect("well formed");
        assert_eq!((form.project_name.as_deref(), form.leader.as_deref(), form.budget_total.map(|b| b.1)), (Some("智慧农业"), Some("张三"), Some(8_000_000)));
        assert_eq!((form.pages, form.attachments, form.sealed), (Some(12), Some(3), Some(true)));
    }

    #[test]
    fn a_budget_without_a_unit_is_refused() {
        assert!(matches!(ManualForm::parse("f", "project_name,budget_total\n甲,80000\n"), Err(PaperError::Field { .. })));
    }
}
