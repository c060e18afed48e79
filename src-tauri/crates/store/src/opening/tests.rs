//! Every row of the decision table, with proof that the files were left alone where they must be,
//! and a first run cut off after each of its steps.

mod cut_off;
mod decisions;
mod fixture;
