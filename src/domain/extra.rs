//! What programs know of a person and the house has no field for.

/// Names of what identity providers keep with a person begin so: `scim.nickName#0`, a JSON object each.
pub const PREFIX: &str = "scim.";

macro_rules! extras {
    ($($variant:ident $name:literal $most:literal),+ $(,)?) => {
        /// `star` is 1 when staff marked them, alternate e-mails have commas between, metadata are a JSON object.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Extra { $($variant),+ }

        impl Extra {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// So many bytes at most.
            pub fn most(self) -> usize {
                match self { $(Self::$variant => $most),+ }
            }
        }
    };
}

extras! {
    Landline "landline" 50,
    Star "star" 1,
    PhotoUrl "photo_url" 2_000,
    WechatApp "wechat_appid" 100,
    MiniprogramApp "wechat_miniprogram_appid" 100,
    AlternateEmails "alternate_emails" 2_000,
    Metadata "metadata" 16_384,
    PushSettings "push_settings" 2_000,
}

impl Extra {
    /// Known to staff, and not shown to the person.
    pub fn is_for_staff(self) -> bool {
        matches!(self, Self::Star | Self::Metadata | Self::WechatApp | Self::MiniprogramApp)
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == name)
    }
}
