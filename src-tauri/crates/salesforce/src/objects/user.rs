//! Users: who owns records, and what a licence allows. Source: Object Reference, "User".

use super::record_macro::pulled_record;

pulled_record! {
    /// A User. E-mail addresses are not unique in an org.
    User = "User" {
        /// Name as others see it.
        name: Option<String> = "Name";
        /// The name the user signs in with, unique among all orgs.
        username: Option<String> = "Username";
        /// E-mail address.
        email: Option<String> = "Email";
        /// The name in the company's own sign-in.
        federation_identifier: Option<String> = "FederationIdentifier";
        /// May sign in.
        is_active: Option<bool> = "IsActive";
        /// IANA zone.
        time_zone: Option<String> = "TimeZoneSidKey";
        /// `Standard` for people with a full licence.
        user_type: Option<String> = "UserType";
        /// May make Campaigns.
        is_marketing_user: Option<bool> = "UserPermissionsMarketingUser";
    }
}
