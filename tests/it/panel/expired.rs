//! A session that ends in the middle of a form.
use crate::house::{PASSWORD, on_both};
use rollcall::domain::Role;
use std::time::Duration;

#[test]
fn a_form_survives_the_end_of_the_session() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let path = format!("/people/{}", cleo.id.0);
        let client = house.sign_in(&ada).with("referer", &format!("{}{path}/edit", house.url));
        house.wait(Duration::from_secs(3 * 86_400));
        let before = house.entries();
        let form = [("version", "1"), ("title", "Buyer & <b>"), ("notes", "two\r\nlines"), ("password", "secret!")];
        let again = client.post(&path, &form);
        assert_eq!(again.status, 401);
        assert!(again.body.contains("Your session has ended."), "{}", again.body);
        assert!(!again.body.contains("secret"), "no secret is kept");
        let kept = again.value("kept").replace("&#38;", "&").replace("&amp;", "&");
        assert_eq!(again.value("next"), format!("{path}/edit"));
        let wrong = client.post(
            "/login",
            &[("login", "ada@example.org"), ("password", "no"), ("next", &format!("{path}/edit")), ("kept", &kept)],
        );
        assert_eq!(
            (wrong.status, wrong.value("kept").replace("&#38;", "&").replace("&amp;", "&")),
            (422, kept.clone())
        );
        let signed = client.post(
            "/login",
            &[("login", "ada@example.org"), ("password", PASSWORD), ("next", &format!("{path}/edit")), ("kept", &kept)],
        );
        assert_eq!((signed.status, signed.location()), (303, format!("{path}/edit").as_str()));
        let back = client.get(signed.location());
        assert_eq!(back.value("title"), "Buyer &#38; &#60;b&#62;");
        assert!(back.body.contains("two\nlines") && back.text().contains("What you typed is back"), "{}", back.text());
        assert_eq!(house.person(cleo.id.0).version, 1, "nothing was saved yet");
        assert_eq!(house.entries() - before, 1, "the sign-in");
        assert_eq!(client.get(signed.location()).value("title"), "", "given back once");
    });
}

#[test]
fn a_script_is_told_to_send_the_form_as_a_page() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let client = house.sign_in(&ada).with("hx-request", "true");
        house.wait(Duration::from_secs(3 * 86_400));
        let told = client.post("/people/1", &[("version", "1"), ("title", "x")]);
        assert_eq!(
            (told.status, told.headers["hx-trigger"].as_str(), told.headers["hx-reswap"].as_str()),
            (401, "expired", "none")
        );
        assert!(client.get("/people").headers["hx-redirect"].starts_with("/login?next="));
        assert_eq!(
            house.stranger().post("/people/1", &[("title", "x")]).status,
            303,
            "a stranger is only sent to the sign-in"
        );
    });
}
