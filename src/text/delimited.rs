//! Text parted by commas, semicolons or tabs, row by row as a spreadsheet shows it.
//!
//! Written here and not taken from the `csv` crate, because that one skips blank lines, and a message
//! must name the row that the clerk sees.

/// Rows of a delimited text; a blank line is a row with one empty cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delimited {
    pub rows: Vec<Vec<String>>,
    /// Row (from 1) of a quotation mark that is never closed: all that follows went into its cell.
    pub unclosed: Option<u32>,
}

/// Splits text into rows and cells, finding out the delimiter. A quoted cell may hold delimiters,
/// line breaks and doubled quotation marks.
pub fn parse(text: &str) -> Delimited {
    split(text, delimiter(text))
}

/// The delimiter that cuts most of the first rows into as many cells as the first one.
fn delimiter(text: &str) -> char {
    let mut best = (0, ',');
    let head: String = text.lines().take(20).flat_map(|line| [line, "\n"]).collect();
    for candidate in [',', '\t', ';', '，'] {
        let rows = split(&head, candidate).rows;
        let width = rows.iter().map(Vec::len).find(|width| *width > 1).unwrap_or(1);
        let same = rows.iter().filter(|row| width > 1 && row.len() == width).count();
        if same > best.0 {
            best = (same, candidate);
        }
    }
    best.1
}

fn split(text: &str, delimiter: char) -> Delimited {
    let mut out = Delimited::default();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted_from = None;
    let mut was_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted_from.is_some() {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted_from = None,
                c => cell.push(c),
            }
            continue;
        }
        match c {
            '"' if cell.trim().is_empty() && !was_quoted => {
                cell.clear();
                was_quoted = true;
                quoted_from = u32::try_from(out.rows.len() + 1).ok();
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(std::mem::take(&mut cell));
                out.rows.push(std::mem::take(&mut row));
                was_quoted = false;
            }
            c if c == delimiter => {
                row.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() || was_quoted {
        row.push(cell);
        out.rows.push(row);
    }
    out.unclosed = quoted_from;
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_line_breaks_and_blank_lines_keep_the_row_numbers_of_a_spreadsheet() {
        let parsed = parse("a,b\r\n\r\n\"x\ny\",\"he said \"\"ok\"\"\"\r\nlast,1");
        assert_eq!(parsed.rows, [vec!["a", "b"], vec![""], vec!["x\ny", "he said \"ok\""], vec!["last", "1"]]);
        assert_eq!(parsed.unclosed, None);
    }

    #[test]
    fn the_delimiter_is_found_out() {
        assert_eq!(parse("a;b\n1,5;2\n").rows[1], ["1,5", "2"]);
        assert_eq!(parse("a\tb\n1,5\t2\n").rows[1], ["1,5", "2"]);
        assert_eq!(parse("名称，年度\n某学会，2022\n").rows[1], ["某学会", "2022"]);
        assert_eq!(parse("one\ntwo\n").rows, [["one"], ["two"]]);
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_told() {
        assert_eq!(parse("a,b\n1,\"2\n3,4\n").unclosed, Some(2));
        assert_eq!(parse("5\" pipe,2\n").rows[0], ["5\" pipe", "2"]);
    }
}
