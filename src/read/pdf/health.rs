//! What the raw file tells about its own completeness.

/// Signs that a file was cut off or its index broken, found without opening it.
pub struct Health {
    /// No end mark in the last part of the file.
    pub has_no_end: bool,
    /// The index is not where the file says.
    pub has_broken_index: bool,
}

pub fn look(bytes: &[u8]) -> Health {
    let tail_from = bytes.len().saturating_sub(4096);
    let tail = &bytes[tail_from..];
    let has_no_end = rfind(tail, b"%%EOF").is_none();
    let at = rfind(tail, b"startxref").and_then(|n| number(&tail[n + 9..]));
    let head = bytes[..bytes.len().min(1024)].windows(5).position(|w| w == b"%PDF-").unwrap_or(0);
    let has_broken_index = at.is_none_or(|at| !is_index(bytes, at) && !is_index(bytes, at.saturating_add(head)));
    Health { has_no_end, has_broken_index }
}

fn is_index(bytes: &[u8], at: usize) -> bool {
    let Some(rest) = bytes.get(at..) else { return false };
    let start = rest.iter().take(16).take_while(|b| b.is_ascii_whitespace()).count();
    let rest = &rest[start..];
    if rest.starts_with(b"xref") {
        return true;
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest[..rest.len().min(1024)].windows(5).any(|w| w == b"/XRef")
}

fn number(bytes: &[u8]) -> Option<usize> {
    let start = bytes.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let digits = bytes[start..].iter().take(12).take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[start..start + digits]).ok()?.parse().ok()
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_file_has_no_end_and_no_index() {
        let whole = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n29\n%%EOF\n";
        let health = look(whole);
        assert!(!health.has_no_end && !health.has_broken_index);
        let health = look(&whole[..40]);
        assert!(health.has_no_end && health.has_broken_index);
        let moved = [b"%PDF-1.4\n".as_slice(), &[b' '; 30], &whole[9..]].concat();
        assert!(look(&moved).has_broken_index);
    }
}
