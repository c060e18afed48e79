//! A virtual display (`Xvfb`) and what is on it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::failure::{Failure, Outcome, Tried};
use crate::process::{Process, tethered};

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

#[derive(Debug)]
pub struct Display {
    name: String,
    memory: PathBuf,
    _process: Process,
}

impl Display {
    /// Starts a display with one screen; the X server picks a free number itself.
    pub fn start(folder: &Path, size: Size) -> Outcome<Self> {
        let mut command = tethered("Xvfb");
        command
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-fbdir"])
            .arg(folder)
            .args(["-screen", "0", &format!("{}x{}x24", size.width, size.height)])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = Process::start("the virtual display (Xvfb)", &mut command)?;
        let mut number = String::new();
        if let Some(output) = process.child().stdout.take() {
            BufReader::new(output).read_line(&mut number).tried(|| "the virtual display says no number".to_owned())?;
        }
        let number = number.trim();
        if number.is_empty() {
            return Err(Failure::new("the virtual display (Xvfb) ended before it said its number"));
        }
        Ok(Self { name: format!(":{number}"), memory: folder.join("Xvfb_screen0"), _process: process })
    }

    /// For `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn picture(&self) -> Outcome<Picture> {
        let dump = fs::read(&self.memory).tried(|| "could not read the virtual display's memory".to_owned())?;
        Picture::from_dump(&dump)
    }
}

/// Pixels as red, green, blue bytes, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub size: Size,
    pub pixels: Vec<u8>,
}

/// The fields of the X window dump header that matter here, as indices of its 32-bit big-endian words
/// (`XWDFile.h` of the X protocol headers).
mod field {
    pub const HEADER_BYTES: usize = 0;
    pub const WIDTH: usize = 4;
    pub const HEIGHT: usize = 5;
    pub const BYTE_ORDER: usize = 7;
    pub const BITS_PER_PIXEL: usize = 11;
    pub const BYTES_PER_LINE: usize = 12;
    pub const COLOURS: usize = 19;
}

/// Bytes of one entry of the dump's colour map.
const COLOUR_BYTES: usize = 12;

impl Picture {
    /// Reads an X window dump with 32 bits a pixel, which is what `Xvfb` writes for a depth of 24.
    fn from_dump(dump: &[u8]) -> Outcome<Self> {
        let damaged = || Failure::new("the virtual display's memory is not an X window dump with 32 bits a pixel");
        let word = |index: usize| -> Outcome<usize> {
            let bytes = dump.get(index * 4..index * 4 + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
            bytes.map(|bytes| u32::from_be_bytes(bytes) as usize).ok_or_else(damaged)
        };
        let (width, height) = (word(field::WIDTH)?, word(field::HEIGHT)?);
        let least_first = word(field::BYTE_ORDER)? == 0;
        let line = word(field::BYTES_PER_LINE)?;
        if word(field::BITS_PER_PIXEL)? != 32 || line < width * 4 || line == 0 {
            return Err(damaged());
        }
        let start = word(field::HEADER_BYTES)? + word(field::COLOURS)? * COLOUR_BYTES;
        let end = start + line * height;
        let rows = dump.get(start..end).ok_or_else(damaged)?.chunks_exact(line);
        let pixels = rows
            .flat_map(|row| row[..width * 4].chunks_exact(4))
            .flat_map(|pixel| if least_first { [pixel[2], pixel[1], pixel[0]] } else { [pixel[1], pixel[2], pixel[3]] })
            .collect();
        let size = Size { width: u32::try_from(width).unwrap_or(0), height: u32::try_from(height).unwrap_or(0) };
        Ok(Self { size, pixels })
    }

    /// How many different colours there are, counted up to `enough`.
    pub fn colours(&self, enough: usize) -> usize {
        let mut seen = std::collections::HashSet::new();
        for pixel in self.pixels.chunks_exact(3) {
            if seen.insert([pixel[0], pixel[1], pixel[2]]) && seen.len() >= enough {
                break;
            }
        }
        seen.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dump of two pixels in one row: one red, one (1, 2, 3), with two unused bytes at the end of the row.
    fn dump() -> Vec<u8> {
        let mut words = [0_u32; 25];
        words[field::HEADER_BYTES] = 104;
        words[field::WIDTH] = 2;
        words[field::HEIGHT] = 1;
        words[field::BITS_PER_PIXEL] = 32;
        words[field::BYTES_PER_LINE] = 12;
        words[field::COLOURS] = 1;
        let mut dump: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        dump.extend([b'x', 0, 0, 0]);
        dump.extend([0xEE; COLOUR_BYTES]);
        dump.extend([0, 0, 255, 0, 3, 2, 1, 0, 9, 9, 9, 9]);
        dump
    }

    #[test]
    fn a_dump_becomes_red_green_blue_in_order() {
        let picture = Picture::from_dump(&dump()).expect("reads");
        assert_eq!(picture.size, Size { width: 2, height: 1 });
        assert_eq!(picture.pixels, [255, 0, 0, 1, 2, 3]);
        assert_eq!(picture.colours(16), 2);
    }

    #[test]
    fn a_dump_cut_anywhere_is_refused_and_never_a_panic() {
        let whole = dump();
        for length in 0..whole.len() {
            assert!(Picture::from_dump(&whole[..length]).is_err(), "{length} bytes were enough");
        }
    }
}
