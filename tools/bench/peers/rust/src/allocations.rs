//! Counts what goes through the global allocator, in a slot of the thread's own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

const SLOTS: usize = 16;

#[repr(align(128))]
struct Slot {
    bytes: AtomicU64,
    count: AtomicU64,
}

#[allow(clippy::declare_interior_mutable_const)]
const EMPTY: Slot = Slot { bytes: AtomicU64::new(0), count: AtomicU64::new(0) };
static COUNTED: [Slot; SLOTS] = [EMPTY; SLOTS];
static THREADS: AtomicUsize = AtomicUsize::new(0);
thread_local! { static MINE: Cell<usize> = const { Cell::new(usize::MAX) } }

pub struct Counting;

fn count(bytes: usize) {
    let slot = MINE
        .try_with(|mine| {
            if mine.get() == usize::MAX {
                mine.set(THREADS.fetch_add(1, Relaxed) % SLOTS);
            }
            mine.get()
        })
        .unwrap_or(0);
    COUNTED[slot].bytes.fetch_add(bytes as u64, Relaxed);
    COUNTED[slot].count.fetch_add(1, Relaxed);
}

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        System.dealloc(memory, layout)
    }
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        count(bytes);
        System.realloc(memory, layout, bytes)
    }
}

/// Bytes and number of allocations so far.
pub fn so_far() -> (u64, u64) {
    COUNTED.iter().fold((0, 0), |sum, slot| (sum.0 + slot.bytes.load(Relaxed), sum.1 + slot.count.load(Relaxed)))
}
