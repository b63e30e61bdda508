//! Messages over a pipe: a length of eight bytes, little-endian, then the bytes.
use std::io::{self, IoSlice, Read, Write};

/// Bytes that are made room for before a message is there; most are shorter.
const AT_ONCE: u64 = 1 << 20;

/// Writes one message.
///
/// # Errors
/// Where the other side is gone.
pub fn send(out: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let head = (message.len() as u64).to_le_bytes();
    // In one call, so that the other side is woken once.
    let sent = match out.write_vectored(&[IoSlice::new(&head), IoSlice::new(message)]) {
        Err(e) if e.kind() == io::ErrorKind::Interrupted => 0,
        sent => sent?,
    };
    out.write_all(head.get(sent..).unwrap_or_default())?;
    out.write_all(message.get(sent.saturating_sub(head.len())..).unwrap_or_default())?;
    out.flush()
}

/// Reads one message of at most `limit` bytes; `None` where the other side ended between messages.
///
/// # Errors
/// The other side ended within a message, or announced a longer one.
pub fn receive(from: &mut impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; 8];
    let mut filled = 0;
    while filled < head.len() {
        match from.read(&mut head[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let length = u64::from_le_bytes(head);
    if length > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a message of {length} bytes, the limit is {limit}")));
    }
    let mut message = Vec::with_capacity(length.min(AT_ONCE) as usize);
    let read = from.take(length).read_to_end(&mut message)?;
    if read as u64 == length { Ok(Some(message)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_arrives_whole_or_is_refused() {
        let mut pipe = Vec::new();
        send(&mut pipe, b"abc").expect("a vector takes everything");
        assert_eq!(receive(&mut pipe.as_slice(), 3).expect("within the limit"), Some(b"abc".to_vec()));
        assert!(receive(&mut pipe.as_slice(), 2).is_err(), "longer than the limit");
        assert!(receive(&mut &pipe[..9], 3).is_err(), "cut off");
        assert_eq!(receive(&mut &b""[..], 3).expect("a clean end"), None);
    }
}
