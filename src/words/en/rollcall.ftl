shell =
    .skip = Skip to content
    .menu = Menu
    .main = Main
    .search = Search people
    .oversight = Oversight
    .account = Account and preferences
    .me = My page
    .sign_out = Sign out
    .crumbs = Breadcrumb
    .dismiss = Dismiss
    .close = Close
    .undo = Undo
    .comma = {", "}

theme =
    .title = Appearance
    .auto = Same as system
    .light = Light
    .dark = Dark
    .unknown = Choose light, dark or the system’s appearance.

keys =
    .title = Shortcuts
    .search = Search
    .people = People
    .audit = Audit log
    .new = Add a person
    .rows = Next and previous row
    .open = Open the row
    .edit = Edit the person shown
    .turn = Previous and next page
    .save = Save

login =
    .title = Sign in
    .lead = With your e-mail, username or phone.
    .login = E-mail, username or phone
    .password = Password
    .wrong = These do not match. Check both and try again.
    .suspended = You may not sign in at the moment. Ask an administrator to reactivate you.
    .wait = Too many wrong tries. Wait {$n ->
        [one] a minute
       *[other] {$count} minutes
    }, then try again.

setup =
    .title = Set up Rollcall
    .lead = You become the first administrator. This page works once.
    .code = Set-up code
    .code_hint = Printed in the server’s terminal at start. It proves that this server is yours.
    .wrong_code = This is not the code in the terminal. It changes at every start: copy it again.
    .house = Your support organisation
    .house_hint = Shown beside the name Rollcall. May stay empty.
    .name = Your name
    .email = Your e-mail
    .submit = Create administrator and sign in

people =
    .title = People
    .everyone = Everyone
    .end_user = End users
    .agent = Agents
    .admin = Administrators
    .roles = By role
    .add = Add person
    .total = {$n ->
        [one] 1 person
       *[other] {$count} people
    }
    .matching = {$n ->
        [one] 1 matches
       *[other] {$count} match
    }
    .of = {" "}of {$count}
    .shown = {$n ->
        [one] 1 person on this page
       *[other] {$count} people on this page
    }
    .per_page = Per page
    .pages = Pages
    .back = Back
    .on = Next
    .search = Name, e-mail, phone
    .filter = Filter people
    .add_filter = Filter
    .without = Remove the filter: {$name}
    .clear = Clear
    .any = Any
    .until = to
    .apply = Apply
    .none = There is nobody here yet
    .none_advice = Add the first person, or import a file on the server:
    .no_match = No one matches these filters
    .no_match_q = No one matches “{$name}”
    .no_match_advice = Check the spelling, or search for a part of a name, an e-mail or a phone number.
    .drop_filters = Search without the filters
    .show_all = Show everyone
    .add_named = Add a person named “{$name}”
    .active_any = Active, quiet or not

sort =
    .title = Sort by
    .down_added = Newest added
    .added = First added
    .down_changed = Last changed
    .name = Name
    .down_seen = Last seen

column =
    .name = Name
    .role = Role
    .status = Status
    .organisation = Organisation
    .tags = Tags
    .seen = Last seen
    .created = Created
    .changed = Changed

filter_name =
    .status = Status
    .organisation = Organisation
    .tag = Tag
    .created_from = Created from
    .created_until = Created until
    .seen_from = Seen from
    .seen_until = Seen until

filter =
    .role = There is no such role. Choose one from the list.
    .status = There is no such status. Choose one from the list.
    .sort = The list cannot be sorted by that. Choose a column.
    .date = Write a date like 2026-11-21.
    .cursor = This link to a page does not work here. Start from the first page.
    .kind = There is no such action. Choose one from the list.
    .door = There is no such source. Choose one from the list.

role =
    .end_user = End user
    .agent = Agent
    .admin = Administrator
    .unknown = There is no such role: use end_user, agent or admin.

role_hint =
    .end_user = Asks for help. Sees only their own page.
    .agent = Helps. Sees everyone; what else they may do is set below.
    .admin = Runs the house: may do everything.

status =
    .unverified = Invited
    .active = Active
    .suspended = Suspended
    .locked = Locked
    .quiet = Quiet for 90 days
    .unknown = There is no such status: use active, unverified, suspended or locked.

standing =
    .active = Active
    .invited = Invited
    .quiet = Quiet
    .suspended = Suspended
    .locked = Locked

group =
    .contact = Contact
    .belonging = Organisation and tags
    .locale = Language and time zone
    .texts = Texts

group_hint =
    .contact = Give at least an e-mail, a phone number or a username: by these a person is found and signs in.
    .belonging = For finding and sorting people; they do not see this.
    .locale = Rollcall speaks to them in this language and shows times in this zone.
    .texts = What others should know.

field =
    .name = Name
    .first_name = First name
    .last_name = Last name
    .title = Title
    .email = E-mail
    .phone = Phone
    .username = Username
    .organisation = Organisation
    .tags = Tags
    .language = Language
    .timezone = Time zone
    .tier = Tier
    .kind = Kind
    .bio = About
    .details = Details
    .notes = Notes
    .remark = Remark
    .role = Role
    .status = Status
    .reason = Reason
    .manage_people = May manage people
    .public_comments = May reply publicly
    .moderator = May edit documents
    .ticket_restriction = Tickets they see
    .theme = Appearance
    .count = People
    .last_login_at = Last seen
    .seed = Seed

hint =
    .name = As it is written to them.
    .first_name = Where it is needed apart from the name.
    .last_name = Where it is needed apart from the name.
    .title = Their work, such as Buyer.
    .email = Nobody else may have the same.
    .phone = With the country code, like +86 138 0000 0000.
    .username = Without blanks. Nobody else may have the same.
    .organisation = A new name makes a new organisation.
    .tags = Several with commas between. New ones are made.
    .language = A language code such as en, zh or de.
    .timezone = Such as Asia/Shanghai.
    .tier = A number your other systems give people; 0 for none.
    .kind = A number your other systems give people; 0 for none.
    .bio = Shown to the person as well.
    .details = Addresses, contracts, whatever does not fit elsewhere.
    .notes = How to work with them.
    .remark = A short remark that other systems sync.

form =
    .errors = {$n ->
        [one] One field needs another look.
       *[other] {$count} fields need another look.
    } Nothing was saved, and nothing you typed is lost.
    .save = Save changes
    .cancel = Cancel
    .staff_only = only staff see this
    .status_hint = Invited people have not confirmed who they are.
    .recorded = Each changed value is kept in the history, with your name.

person =
    .profile = Profile
    .activity = Activity
    .edit = Edit
    .edit_title = Edit {$name}
    .edit_field = Edit: {$name}
    .suspend = Suspend
    .reactivate = Reactivate
    .more = More actions
    .role = Role and rights
    .password = Set password
    .recent = Recent changes
    .no_history = No changes recorded yet
    .all_history = The whole history
    .empty = empty
    .blank = Not filled yet:

history =
    .was = was
    .now = now
    .newer = Newer
    .older = Older

suspension =
    .title = Suspend {$name}?
    .lead = They cannot sign in until someone reactivates them. Everything that belongs to them stays.
    .sessions = Sessions that end now
    .reason_hint = kept in the history, not shown to them
    .do = Suspend {$name}
    .back = You can undo this at any time.
    .undo_title = Reactivate {$name}?
    .undo_lead = They can sign in again with their old password.
    .undo = Reactivate {$name}
    .done_advice = {$name} is suspended and cannot sign in.

rights =
    .title = If they are an agent
    .lead = Other roles do not need these.
    .manage_people = Create, edit, suspend, tag and import end users; never agents or administrators.
    .public_comments = Write replies that the requester sees, not only private notes.
    .moderator = Write and change help documents.
    .sessions = Taking something away ends their sessions at once.
    .self = This is you. If you take something away from yourself, you are signed out at once, and another administrator must give it back.

ticket_restriction =
    .all = All tickets
    .groups = Tickets of their groups
    .assigned = Tickets assigned to them
    .unknown = Choose which tickets they see.

password =
    .hint = At least 10 characters. A few unrelated words are strong and easy to remember.
    .current = Your current password
    .new = New password
    .save = Set password
    .sessions = All other sessions end at once.
    .wrong = This is not your current password.
    .too_short = Use at least 10 characters.
    .too_long = Use at most 128 characters.
    .guessable = This is easy to guess. Add a word or two that have nothing to do with it.

audit =
    .title = Audit log
    .lead = Every write, newest first
    .filter = Filter the audit log
    .person = Person
    .actor = By whom
    .kind = Action
    .door = Source
    .from = From
    .until = Until
    .who = E-mail, username or ID
    .time = Time
    .change = Change
    .details = Details
    .request = Request
    .none = Nothing has been written yet
    .no_match = No entry matches these filters

door =
    .panel = Panel
    .command_line = Command line

event =
    .house_set_up = set up this house
    .person_created = added this person
    .person_edited = changed the profile
    .person_suspended = suspended this person
    .person_reactivated = reactivated this person
    .person_role_changed = changed role or rights
    .person_password_changed = set a new password
    .people_generated = generated people
    .preferences_edited = changed preferences
    .session_created = signed in
    .session_ended = signed out
    .visitor = Somebody not signed in

answer =
    .yes = yes
    .no = no

conflict =
    .by = {$name} changed this person while you were editing.
    .advice = Nothing of yours is lost: choose what to keep.
    .caption = Choose between the two edits
    .field = Field
    .was = When you opened it
    .theirs = Saved meanwhile
    .yours = Yours, not saved
    .same = Both of you wrote the same. There is nothing left to choose.
    .save = Save with these choices
    .drop = Drop my changes

done =
    .created = Added.
    .edited = Saved.
    .unchanged = Nothing was different, so nothing was saved.
    .suspended = Suspended.
    .reactivated = Reactivated.
    .role = Role and rights saved.
    .password = The new password is set.
    .signed_out = You are signed out.
    .set_up = Welcome. You are the first administrator.

time =
    .now = Now
    .minutes = {$n} min ago
    .hours = {$n} h ago
    .days = {$n ->
        [one] Yesterday
       *[other] {$n} d ago
    }
    .never = Never

error =
    .request = Request
    .home = Go on from the start
    .not_found = There is nothing here
    .not_found_advice = It may have been deleted, or you may not be allowed to see it. Check the address, or search for it.
    .forbidden = You may not do this
    .method = This address does not take that kind of request
    .stale = Somebody else changed this meanwhile
    .too_large = This is too much at once
    .too_large_advice = Nothing was saved. Shorten the texts and send the form again.
    .media_type = The form came in a way we cannot read
    .busy = Wait a little
    .busy_advice = Too many tries. Wait {$n ->
        [one] a minute
       *[other] {$count} minutes
    }, then try again.
    .malformed = We could not understand this request
    .malformed_advice = Nothing was changed. Go back, check what you entered, and try again.
    .broken = We could not finish this
    .broken_advice = Nothing was written. Try again; if it happens again, give an administrator the request number above.
    .status = {$name}, request

forbidden =
    .role = Your role does not allow this. Ask an administrator.
    .yourself = You cannot do this to yourself. Ask another administrator.
    .last_admin = This is the last administrator who can sign in. Make someone else administrator first.

email =
    .no_at = There is no @ in it. Write it like wang.fang@lanwan.example.
    .no_ending = The part after the @ has no ending. Write it like wang.fang@lanwan.example.
    .malformed = This is not an e-mail address. Write it like wang.fang@lanwan.example.
    .missing = Give your e-mail address.
    .nobody = Give at least an e-mail, a phone number or a username.
    .taken = Another person has this e-mail address.

phone =
    .malformed = This is not a phone number. Write it with the country code, like +86 138 0000 0000.
    .taken = Another person has this phone number.

username =
    .malformed = Use 1 to 255 characters without blanks.
    .taken = Another person has this username.

uid =
    .malformed = This is not a UUID.
    .taken = Another person has this uid.

name =
    .missing = Give your name.

text =
    .too_long = This is too long. Shorten it.

number =
    .malformed = Write a whole number from 0 to 32767.

language =
    .malformed = Write a language code such as en, zh or de.

timezone =
    .unknown = There is no such time zone. Write it like Asia/Shanghai.

tags =
    .too_long = A tag may have at most 50 characters.
    .too_many = A person may have at most 50 tags.

date =
    .malformed = This is not a date. Write it like 2026-11-21 18:00:00.

row =
    .cells = This row has more or fewer cells than the header.

as =
    .unknown = Nobody who may sign in has this e-mail address.
