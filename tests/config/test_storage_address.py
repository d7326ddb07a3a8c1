"""One address says where attachments lie; what is wrong with it is said without the secret in it."""

import pytest

from config.storage import FOLDER, attachment_store


def test_nothing_is_the_media_folder():
    assert attachment_store("") == FOLDER


def test_an_address_names_login_host_bucket_and_the_rest():
    said = attachment_store(
        "s3://key:a%2Fb%40c@[::1]:9000/city?region=cn-east-1&tls=off&prefix=/yiwang/&ca=/etc/ca.pem"
    )
    assert said["OPTIONS"] == {
        "access_key": "key",
        "secret_key": "a/b@c",
        "endpoint_url": "http://[::1]:9000",
        "bucket_name": "city",
        "region_name": "cn-east-1",
        "location": "yiwang",
        "addressing_style": "path",
        "verify": "/etc/ca.pem",
    }


def test_it_speaks_tls_unless_told_otherwise():
    assert attachment_store("s3://key:secret@store.example/city")["OPTIONS"]["endpoint_url"] == "https://store.example"


@pytest.mark.parametrize(
    "address",
    [
        "http://key:hidden@host/bucket",
        "s3://key:hid/den@host/bucket",
        "s3://key:hidden@host",
        "s3://key:hidden@host/a/b",
        "s3://:hidden@host/bucket",
        "s3://key:hidden@host:port/bucket",
        "s3://key:hidden@host/bucket?tls=maybe",
        "s3://key:hidden@host/bucket?addressing=other",
        "s3://key:hidden@host/bucket?password=hidden",
    ],
)
def test_what_is_wrong_is_said_without_the_secret(address: str):
    with pytest.raises(ValueError) as refused:
        attachment_store(address)
    assert "hid" not in str(refused.value)
