//! Reads the schedule: ../../workload/FORMAT.md.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

pub const FOLLOW_UP: u16 = 1;
pub const TRIGGER: u16 = 2;
const HEADER_BYTES: usize = 80;
const RECORD_BYTES: usize = 16;
const READ_BYTES: usize = 64;

#[derive(Clone, Copy)]
pub struct Record {
    pub intended: i64,
    pub team: u32,
    pub district: u16,
    pub flags: u16,
}

pub struct Schedule {
    pub profile: String,
    pub duration: i64,
    pub warm_events: usize,
    pub districts: usize,
    pub teams: usize,
    pub opening: u32,
    pub texts: Vec<String>,
    pub records: Vec<Record>,
    pub bytes: usize,
}

impl Schedule {
    /// Reads as it goes, so that the file never stands in memory beside what is made of it.
    pub fn load(path: &str) -> io::Result<Schedule> {
        let refuse = |why: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{path} {why}"));
        let file = File::open(path)?;
        let bytes = file.metadata()?.len() as usize;
        let mut file = BufReader::new(file);
        let mut header = [0; HEADER_BYTES];
        file.read_exact(&mut header)?;
        if &header[..8] != b"CAIRNWL1" {
            return Err(refuse("is not a schedule"));
        }
        let u32_at = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().unwrap());
        let i64_at = |at: usize| i64::from_le_bytes(header[at..at + 8].try_into().unwrap());
        let (events, records_at) = (i64_at(8) as usize, u32_at(60) as usize);
        if bytes != records_at + events * RECORD_BYTES {
            return Err(refuse("contradicts itself"));
        }
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| refuse("holds no text"));
        let mut texts = Vec::new();
        let mut payload = vec![0; u32_at(48) as usize];
        for _ in 0..u32_at(56) {
            file.read_exact(&mut payload)?;
            texts.push(text(&payload)?);
        }
        file.seek(SeekFrom::Start(records_at as u64))?;
        let mut records = Vec::with_capacity(events);
        let mut record = [0; RECORD_BYTES];
        for _ in 0..events {
            file.read_exact(&mut record)?;
            records.push(Record {
                intended: i64::from_le_bytes(record[..8].try_into().unwrap()),
                team: u32::from_le_bytes(record[8..12].try_into().unwrap()),
                district: u16::from_le_bytes(record[12..14].try_into().unwrap()),
                flags: u16::from_le_bytes(record[14..].try_into().unwrap()),
            });
        }
        Ok(Schedule {
            profile: text(&header[64..])?.trim_end_matches('\0').to_owned(),
            duration: i64_at(32),
            warm_events: i64_at(16) as usize,
            districts: u32_at(40) as usize,
            teams: u32_at(44) as usize,
            opening: u32_at(52),
            texts,
            records,
            bytes,
        })
    }

    pub fn closed_loop(&self) -> bool {
        self.duration == 0
    }
    pub fn measured(&self, sequence: usize) -> bool {
        !self.closed_loop() && sequence >= self.warm_events
    }
    pub fn text_of(&self, sequence: usize) -> &str {
        &self.texts[sequence % self.texts.len()]
    }
}

pub fn contribution(payload: &str, sequence: u32, actor: u64) -> u64 {
    let folded = payload.as_bytes()[..READ_BYTES]
        .chunks_exact(8)
        .fold(0, |folded, word| folded ^ u64::from_le_bytes(word.try_into().unwrap()));
    (folded ^ u64::from(sequence)).wrapping_mul(2 * actor + 1)
}
