//! Writes a picture as PNG (RFC 2083) without a library.
//!
//! Deflate (RFC 1951) with the fixed codes and two kinds of repetition, the pixel before and the row above: that is
//! most of what a picture of a window has. It is no general encoder.

use crate::desktop::Picture;

/// The longest repetition that deflate can name.
const LONGEST: usize = 258;
/// The farthest that deflate can point back.
const FARTHEST: usize = 32_768;
/// Shorter repetitions cost more than they save.
const SHORTEST: usize = 4;

/// The bytes of a PNG file with eight bits a channel.
pub fn encode(picture: &Picture) -> Vec<u8> {
    let stride = picture.size.width as usize * 3;
    let mut rows = Vec::with_capacity(picture.pixels.len() + picture.size.height as usize);
    for row in picture.pixels.chunks_exact(stride.max(1)) {
        rows.push(0); // this row's filter: none
        rows.extend_from_slice(row);
    }
    let mut header = Vec::with_capacity(13);
    header.extend(picture.size.width.to_be_bytes());
    header.extend(picture.size.height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]); // eight bits, red-green-blue, deflate, no filter method, not interlaced

    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"IDAT", &zlib(&rows, stride + 1));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = file.len();
    file.extend(kind);
    file.extend_from_slice(data);
    let checksum = crc32(&file[start..]);
    file.extend(checksum.to_be_bytes());
}

fn zlib(data: &[u8], row: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x78, 0x01], waiting: 0, count: 0 };
    bits.put(1, 1); // the last block
    bits.put(1, 2); // fixed codes
    let mut at = 0;
    while at < data.len() {
        let above = repetition(data, at, row);
        let before = repetition(data, at, 3);
        let (length, distance) = if above >= before { (above, row) } else { (before, 3) };
        if length >= SHORTEST {
            bits.length(length);
            bits.distance(distance);
            at += length;
        } else {
            bits.literal(u32::from(data[at]));
            at += 1;
        }
    }
    bits.code(0, 7); // end of the block
    let mut bytes = bits.finish();
    bytes.extend(adler32(data).to_be_bytes());
    bytes
}

fn repetition(data: &[u8], at: usize, distance: usize) -> usize {
    if distance > at || distance > FARTHEST {
        return 0;
    }
    let earlier = data[at - distance..].iter();
    data[at..].iter().zip(earlier).take(LONGEST).take_while(|(now, then)| now == then).count()
}

/// Bits in deflate's order: values from their lowest bit, codes from their highest.
struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, width: u32) {
        self.waiting |= value << self.count;
        self.count += width;
        while self.count >= 8 {
            self.bytes.push((self.waiting & 0xFF) as u8);
            self.waiting >>= 8;
            self.count -= 8;
        }
    }

    fn code(&mut self, code: u32, width: u32) {
        self.put(code.reverse_bits() >> (32 - width), width);
    }

    fn literal(&mut self, value: u32) {
        if value < 144 {
            self.code(0b0011_0000 + value, 8);
        } else {
            self.code(0b1_1001_0000 + value - 144, 9);
        }
    }

    fn length(&mut self, length: usize) {
        let (symbol, extra, width) = length_code(u32::try_from(length).unwrap_or(0));
        if symbol < 280 {
            self.code(symbol - 256, 7);
        } else {
            self.code(0b1100_0000 + symbol - 280, 8);
        }
        self.put(extra, width);
    }

    fn distance(&mut self, distance: usize) {
        let offset = u32::try_from(distance).unwrap_or(1) - 1;
        if offset < 4 {
            self.code(offset, 5);
            return;
        }
        let width = offset.ilog2() - 1;
        self.code(2 * (width + 1) + ((offset >> width) & 1), 5);
        self.put(offset & ((1 << width) - 1), width);
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Symbol, extra bits and their width for a repetition of 3 to 258 bytes (RFC 1951, 3.2.5).
fn length_code(length: u32) -> (u32, u32, u32) {
    let offset = length - 3;
    if length == 258 {
        (285, 0, 0)
    } else if offset < 8 {
        (257 + offset, 0, 0)
    } else {
        let width = offset.ilog2() - 2;
        (257 + 4 * (width + 1) + ((offset >> width) & 3), offset & ((1 << width) - 1), width)
    }
}

fn adler32(data: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    (high << 16) | low
}

fn crc32(data: &[u8]) -> u32 {
    let mut register = u32::MAX;
    for byte in data {
        register ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = (register & 1).wrapping_neg();
            register = (register >> 1) ^ (0xEDB8_8320 & mask);
        }
    }
    !register
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn length_codes_are_those_of_the_standard() {
        for (length, expected) in [
            (3, (257, 0, 0)),
            (10, (264, 0, 0)),
            (11, (265, 0, 1)),
            (12, (265, 1, 1)),
            (35, (273, 0, 3)),
            (130, (280, 15, 4)),
            (131, (281, 0, 5)),
            (257, (284, 30, 5)),
            (258, (285, 0, 0)),
        ] {
            assert_eq!(length_code(length), expected, "length {length}");
        }
    }

    /// Reads back what `zlib` writes: fixed codes only.
    fn inflate(data: &[u8]) -> Vec<u8> {
        let mut at = 16; // behind the two bytes of the zlib header
        let mut bit = || {
            let bit = u32::from(data[at / 8] >> (at % 8)) & 1;
            at += 1;
            bit
        };
        let value = |width: u32, bit: &mut dyn FnMut() -> u32| (0..width).fold(0, |sum, place| sum | (bit() << place));
        assert_eq!(value(3, &mut bit), 0b011, "the last block, with fixed codes");
        let mut out: Vec<u8> = Vec::new();
        loop {
            let mut code = (0..7).fold(0, |code, _| (code << 1) | bit());
            let symbol = if code <= 0b001_0111 {
                256 + code
            } else {
                code = (code << 1) | bit();
                match code {
                    0b0011_0000..=0b1011_1111 => code - 0b0011_0000,
                    0b1100_0000..=0b1100_0111 => 280 + code - 0b1100_0000,
                    _ => 144 + ((code << 1) | bit()) - 0b1_1001_0000,
                }
            };
            if symbol < 256 {
                out.push(u8::try_from(symbol).expect("a byte"));
                continue;
            }
            if symbol == 256 {
                return out;
            }
            let (base, width) = (3..=258)
                .map(|length| (length, length_code(length)))
                .find(|(_, known)| known.0 == symbol)
                .map(|(length, known)| (length, known.2))
                .expect("a length");
            let length = base + value(width, &mut bit);
            let code = (0..5).fold(0, |code, _| (code << 1) | bit());
            let distance = if code < 4 {
                code + 1
            } else {
                let width = code / 2 - 1;
                ((2 + (code & 1)) << width) + value(width, &mut bit) + 1
            };
            for _ in 0..length {
                out.push(out[out.len() - distance as usize]);
            }
        }
    }

    #[test]
    fn what_was_packed_is_found_again() {
        // Runs, repeated rows, rows that differ in one place, and bytes on both sides of the two literal widths.
        let row = 3_541;
        let mut data: Vec<u8> =
            (0..row).map(|index: usize| u8::try_from(index * index % 251).expect("a byte")).collect();
        for change in 0..40_usize {
            let mut next = data[data.len() - row..].to_vec();
            next[change * 80] ^= 0xFF;
            next[1_000..2_000].fill(u8::try_from(change).expect("a byte"));
            data.extend(next);
        }
        let packed = zlib(&data, row);
        assert_eq!(inflate(&packed), data);
        assert!(packed.len() * 4 < data.len(), "{} of {} bytes", packed.len(), data.len());
    }
}
