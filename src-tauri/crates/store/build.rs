//! Switches on the mistakes that are planted for the rigs (`src/planted.rs`), when it is told to: a flag for the compiler
//! would compile every dependency anew.

fn main() {
    println!("cargo::rerun-if-env-changed=LIAISON_BUGS");
    if std::env::var_os("LIAISON_BUGS").is_some() {
        println!("cargo::rustc-cfg=bugs");
    }
}
