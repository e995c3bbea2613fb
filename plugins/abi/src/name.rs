//! The name under which a plugin exports its table. Knows names, not tables.

/// The symbol of the plugin with this id: `duban_plugin_` and the id, each `-` or `.` written as `_`.
///
/// ```
/// assert_eq!(duban_abi::symbol("hello-c"), "duban_plugin_hello_c");
/// ```
pub fn symbol(id: &str) -> String {
    let name: String = id.chars().map(|c| if matches!(c, '-' | '.') { '_' } else { c }).collect();
    format!("duban_plugin_{name}")
}
