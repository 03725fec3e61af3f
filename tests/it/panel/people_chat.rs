use crate::house::on_both;
use rollcall::actions::chats;
use rollcall::domain::chat::{ChatKind, Recipient};
use rollcall::domain::{Field, Permission, Reach, Role, Status};

#[test]
fn what_is_done_in_chat_is_shown_and_recorded_once() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        let entries = || house.entries();
        let mut known = entries();
        let mut one_more = |what: &str| {
            assert_eq!(entries(), known + 1, "{what}");
            known += 1;
        };
        house.act(|act| chats::add_contact(act, cleo.id, dora.id)).unwrap();
        one_more("a contact");
        house.act(|act| chats::block(act, dora.id, cleo.id)).unwrap();
        one_more("a block");
        let chat = house.act(|act| chats::create(act, ChatKind::Room, cleo.id, "Lobby", "")).unwrap();
        one_more("a room");
        house.act(|act| chats::join(act, chat, &[dora.id])).unwrap();
        one_more("joining it");
        house.act(|act| chats::send(act, dora.id, Recipient::Chat(chat), "Hello all")).unwrap();
        one_more("speaking in it");
        house.act(|act| chats::send(act, cleo.id, Recipient::Person(dora.id), "Hello Dora")).unwrap();
        one_more("speaking to somebody");
        house.act(|act| chats::set_attributes(act, cleo.id, &[("sign".into(), "At sea".into())].into())).unwrap();
        one_more("attributes");
        house.act(|act| chats::add_contact(act, dora.id, cleo.id)).unwrap();
        house.act(|act| chats::block(act, dora.id, cleo.id)).unwrap();
        house.act(|act| chats::join(act, chat, &[dora.id])).unwrap();
        assert_eq!(entries(), known, "doing it again changes nothing");
        assert!(house.act(|act| chats::add_contact(act, cleo.id, cleo.id)).is_err());
        let ada = house.sign_in(&ada);
        let text = ada.get(&format!("/people/{}/chat", cleo.id.0)).text();
        assert!(text.contains("Lobby Chat room owner 2 people Sent messages 1 Now Hello Dora"), "{text}");
        assert!(text.contains("Contacts 1 D Dora") && text.contains("sign At sea"), "{text}");
        let text = ada.get(&format!("/people/{}/chat", dora.id.0)).text();
        assert!(text.contains("Blocked 1 C Cleo") && text.contains("Hello all"), "{text}");
    });
}

#[test]
fn a_contact_out_of_reach_is_neither_counted_nor_named() {
    on_both(|house| {
        house.group("Own");
        let own = [(Field::Groups, "Own")];
        let ben = house.join_with_role("Ben", Reach::Groups, &[Permission::SeeStaffFields, Permission::SeeAudit], &own);
        let cleo = house.join_with(
            &[(Field::Name, "Cleo"), (Field::Username, "cleo"), (Field::Groups, "Own")],
            Role::EndUser,
            Status::Active,
        );
        let dora = house.join("Dora", Role::EndUser);
        house.act(|act| chats::add_contact(act, cleo.id, dora.id)).unwrap();
        let ben = house.sign_in(&ben);
        let text = ben.get(&format!("/people/{}/chat", cleo.id.0)).text();
        assert!(text.contains("No chat") && !text.contains("Dora"), "{text}");
        for page in ["/audit".into(), format!("/people/{}/activity", cleo.id.0)] {
            let text = ben.get(&page).text();
            assert!(text.contains("added a contact") && !text.contains("Dora"), "{text}");
        }
    });
}
