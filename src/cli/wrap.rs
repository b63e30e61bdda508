//! Lines broken where a terminal ends, their rest indented.
use unicode_width::UnicodeWidthChar;

/// Narrower terminals get lines as they are.
const NARROWEST: usize = 30;

/// Breaks a line at `columns`, its rest indented by `hang`; colour codes take no room.
///
/// Words are kept whole; Chinese breaks anywhere but before closing marks.
pub fn wrapped(line: &str, hang: usize, columns: Option<usize>) -> String {
    let Some(columns) = columns.filter(|columns| *columns >= NARROWEST.max(hang + 10)) else { return line.to_owned() };
    let mut out = String::with_capacity(line.len() + 16);
    // Room taken on this line; where in `out` it may be broken, and the room taken up to there.
    let (mut taken, mut last) = (0, None);
    let mut chars = line.chars();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if c == '\x1b' {
            out.push(c);
            for code in chars.by_ref() {
                out.push(code);
                if code.is_ascii_alphabetic() {
                    break;
                }
            }
            continue;
        }
        let width = c.width().unwrap_or(0);
        let is_wide = |c: char| c.width() == Some(2);
        if taken > hang && (before == ' ' && c != ' ' || (is_wide(c) || is_wide(before)) && !closes(c) && !opens(before) && c != ' ') {
            last = Some((out.len(), taken));
        }
        if let Some((at, until)) = last.take_if(|_| taken + width > columns && c != ' ') {
            let rest = out.split_off(at);
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hang));
            out.push_str(&rest);
            taken = hang + taken - until;
        }
        out.push(c);
        taken += width;
        before = c;
    }
    out
}

fn closes(c: char) -> bool {
    "，。；：、！？”’）》】〉…％%)]}.,;:!?\"".contains(c)
}

fn opens(c: char) -> bool {
    "“‘（《【〈([{".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_terminal_ends() {
        let line = "  ✗ 不符合 C104 [提醒] 协议“合作协议”的签署栏空白，未签字，请提交双方签字盖章的协议 (signed agreement)";
        let broken = wrapped(line, 6, Some(40));
        for (n, line) in broken.lines().enumerate() {
            let width: usize = line.chars().filter_map(UnicodeWidthChar::width).sum();
            assert!(width <= 40 && (n == 0 || line.starts_with("      ")), "{broken}");
            assert!(!line.trim_start().starts_with(['，', '。', '”', '）']), "{broken}");
        }
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(letters(&broken), letters(line));
        assert_eq!(wrapped(line, 6, None), line);
    }

    #[test]
    fn colours_take_no_room_and_long_words_stay_whole() {
        assert_eq!(wrapped("\x1b[1m0123456789012345678901234567\x1b[0m a", 2, Some(30)), "\x1b[1m0123456789012345678901234567\x1b[0m a");
        let path = "x".repeat(60);
        assert_eq!(wrapped(&format!("--> {path} end"), 4, Some(30)), format!("--> {path}\n    end"));
    }
}
