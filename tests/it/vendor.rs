//! Third-party assets are what their manifests say: version, licence and checksum.
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn third_party_assets_are_unchanged() {
    for (manifest, folder) in [("static/vendor/manifest.toml", "static"), ("tests/vendor/manifest.toml", "tests")] {
        let table: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
        assert!(!table.is_empty());
        for (file, asset) in &table {
            let said = |name: &str| asset[name].as_str().unwrap_or_else(|| panic!("{file} has no {name}")).to_owned();
            assert!(
                !said("version").is_empty() && !said("licence").is_empty() && !said("package").is_empty(),
                "{file}"
            );
            let bytes = std::fs::read(Path::new(folder).join(file)).unwrap();
            let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, said("sha256"), "{file}");
        }
        let listed: BTreeSet<_> = table.keys().cloned().collect();
        for entry in std::fs::read_dir(Path::new(folder).join("vendor")).unwrap() {
            let name = format!("vendor/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(name.ends_with("manifest.toml") || listed.contains(&name), "{name} is in no manifest");
        }
    }
}
