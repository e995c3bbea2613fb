//! What keeps the tree readable: arrows, headers, words, names.
