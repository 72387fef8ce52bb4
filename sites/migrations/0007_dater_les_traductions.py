"""A translation is dated by language: those made before take the date of their original's only record."""

from django.db import migrations


def dater(apps, schema_editor):
    page, source, fois = (
        apps.get_model("wagtailcore", "Page"),
        apps.get_model("wagtail_localize", "TranslationSource"),
        apps.get_model("wagtail_localize", "TranslationLog"),
    )
    for une in source.objects.filter(translation_logs=None).iterator():
        autres = page.objects.filter(translation_key=une.object_id).exclude(locale=une.locale_id)
        for locale in autres.values_list("locale", flat=True):
            notee = fois.objects.create(source=une, locale_id=locale)
            fois.objects.filter(pk=notee.pk).update(created_at=une.last_updated_at)


class Migration(migrations.Migration):
    dependencies = [
        ("portail_sites", "0006_libelles_des_rubriques"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(dater, migrations.RunPython.noop)]
