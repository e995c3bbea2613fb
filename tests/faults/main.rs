//! Power cuts, kills, full disks, torn files, old formats: nothing confirmed is lost.
