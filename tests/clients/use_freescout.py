"""What somebody's script does with the published FreeScout client, unchanged but for address and key."""
import sys

from freescout import FreeScoutClient
from freescout.exceptions import AuthenticationError, NotFoundError

url, key = sys.argv[1:]
client = FreeScoutClient(base_url=url, api_key=key, max_retries=0)

first = client.users.list()
assert [user.email for user in first.users] == ["ada@example.org"], first
new = client.users.create(
    first_name="Olga", last_name="Moreau", email="olga@example.org", password="seven green umbrellas",
    job_title="Lead", timezone="Europe/Paris", alternate_emails="o@example.org",
)
user = client.users.get(new)
assert (user.first_name, user.last_name, user.job_title) == ("Olga", "Moreau", "Lead"), user
assert [one.id for one in client.users.list(email="OLGA@example.org").users] == [new]
assert len(client.users.list(page=2, page_size=1).users) == 1
assert [box.name for box in client.mailboxes.list().mailboxes] == ["Billing"]
client.users.delete(new)
try:
    client.users.get(new)
    sys.exit("somebody who was deleted is still there")
except NotFoundError:
    pass
try:
    FreeScoutClient(base_url=url, api_key="0" * 32, max_retries=0).users.list()
    sys.exit("a wrong key opens the door")
except AuthenticationError:
    pass
print("done")
