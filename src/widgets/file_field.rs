//! Files of the reader: chosen, sent at once, named in the answer by what the server made of them.

use leptos::prelude::*;
use tandem_domain::form::answer::Upload;
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{FileFormat, QuestionId};

use crate::ui::button::{Button, Look};
use crate::ui::field::Label;
use crate::ui::file_input::{Chosen, FileInput, Transfer};

/// A file on its way.
#[derive(Clone)]
pub struct Sending {
    /// For which question.
    pub question: QuestionId,
    /// What was chosen.
    pub chosen: Chosen,
    /// How it goes, and how it can be stopped.
    pub transfer: Transfer,
    /// Called now and then with the hundredths that have left.
    pub on_progress: Callback<u8>,
    /// Called with what the server made of it, or why not.
    pub on_done: Callback<Result<Upload, Trouble>>,
}

/// Why a file did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It is not what the question takes.
    Problem(Vec<ProblemCode>),
    /// Anything else, in words.
    Words(String),
}

/// Where files go. The screen provides it; without one, only text can be pasted.
#[derive(Clone, Copy)]
pub struct FileDesk(Callback<Sending>);

impl FileDesk {
    /// A desk that passes files on.
    pub fn new(send: impl Fn(Sending) + Send + Sync + 'static) -> Self {
        Self(Callback::new(send))
    }
}

/// Files, one below the other, and the way to add one.
#[component]
pub fn FileField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// Which question.
    question: QuestionId,
    /// What may be given.
    formats: Vec<FileFormat>,
    /// How large each may be.
    max_bytes: u32,
    /// How many at most.
    max: usize,
    /// The files so far.
    #[prop(into)]
    value: Signal<Vec<Upload>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the files at each change.
    #[prop(into)]
    on_change: Callback<Vec<Upload>>,
) -> impl IntoView {
    let desk = use_context::<FileDesk>();
    let traffic = Traffic::new();
    let keep = Callback::new(move |upload: Upload| {
        let mut files = value.get_untracked();
        files.retain(|file| file.id != upload.id);
        files.push(upload);
        on_change.run(files);
    });
    let choose = Callback::new(move |chosen: Chosen| {
        traffic.clear();
        if chosen.bytes > f64::from(max_bytes) {
            traffic.trouble.set(Some(too_large(max_bytes)));
        } else if let Some(FileDesk(send)) = desk {
            send.run(traffic.begin(question.clone(), chosen, keep));
        }
    });
    let shown = Signal::derive(move || traffic.trouble.get().or_else(|| error.get()));
    let accept = formats
        .iter()
        .map(|format| ending(*format))
        .collect::<Vec<_>>()
        .join(",");
    let is_full = move || value.with(Vec::len) >= max;
    view! {
        <div class="file-field">
            <FileInput id label accept error=shown on_choose=choose />
            <p class="file-field__status" role="status">
                {move || match traffic.status.get() {
                    words if words.is_empty() && is_full() => {
                        format!("{max} at most. Remove one to choose another.")
                    }
                    words => words,
                }}
            </p>
            {move || traffic.going.get().map(|file| on_its_way(file, traffic))}
            {move || traffic.failed.get().map(|file| once_more(file, choose))}
            {move || all_given(value, on_change)}
        </div>
    }
}

/// What happens to the files that are chosen in one field.
#[derive(Clone, Copy)]
struct Traffic {
    owner: StoredValue<Owner>,
    trouble: RwSignal<Option<String>>,
    status: RwSignal<String>,
    going: RwSignal<Option<Going>, LocalStorage>,
    /// What did not arrive, to be tried again.
    failed: RwSignal<Option<Chosen>, LocalStorage>,
}

/// A file on its way, as the field shows it.
#[derive(Clone)]
struct Going {
    chosen: Chosen,
    transfer: Transfer,
    percent: RwSignal<u8>,
}

impl Traffic {
    fn new() -> Self {
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            trouble: RwSignal::new(None),
            status: RwSignal::new(String::new()),
            going: RwSignal::new_local(None),
            failed: RwSignal::new_local(None),
        }
    }

    /// Another file is chosen: what was on its way is given up, what was said is over.
    fn clear(self) {
        self.give_up("");
        self.trouble.set(None);
        self.failed.set(None);
    }

    fn give_up(self, words: &str) {
        if let Some(file) = self.going.try_update(Option::take).flatten() {
            file.transfer.stop();
        }
        self.status.set(words.to_owned());
    }

    fn begin(self, question: QuestionId, chosen: Chosen, keep: Callback<Upload>) -> Sending {
        let transfer = Transfer::prepare();
        self.status.set(format!("Uploading {} …", chosen.name));
        // Of the field, not of the button that was pressed, which may be gone before the file is.
        let (percent, on_progress, on_done) = self.owner.with_value(|owner| {
            owner.with(|| {
                let percent = RwSignal::new(0);
                let on_progress = Callback::new(move |now| {
                    percent.try_set(now);
                });
                let on_done = Callback::new(move |answer| self.end(percent, answer, keep));
                (percent, on_progress, on_done)
            })
        });
        self.going.set(Some(Going {
            chosen: chosen.clone(),
            transfer: transfer.clone(),
            percent,
        }));
        Sending {
            question,
            chosen,
            transfer,
            on_progress,
            on_done,
        }
    }

    fn end(self, own: RwSignal<u8>, answer: Result<Upload, Trouble>, keep: Callback<Upload>) {
        let take = |going: &mut Option<Going>| going.take_if(|file| file.percent == own);
        // Stopped, or gone with the screen: what came of it is nobody's business any more.
        let Some(sent) = self.going.try_update(take).flatten() else {
            return;
        };
        match answer {
            Ok(upload) => {
                self.status.set(format!("{} is uploaded.", upload.name));
                keep.run(upload);
            }
            Err(why) => {
                self.status.set(String::new());
                self.trouble.set(Some(words(&why)));
                let may_pass = matches!(why, Trouble::Words(_));
                self.failed.set(may_pass.then_some(sent.chosen));
            }
        }
    }
}

/// How far a file is, and the way to stop it.
fn on_its_way(file: Going, traffic: Traffic) -> AnyView {
    let Going {
        chosen, percent, ..
    } = file;
    let stopped = format!("{} was not uploaded: you stopped it.", chosen.name);
    let stop = move |()| traffic.give_up(&stopped);
    view! {
        <div class="file-field__going">
            <progress
                class="file-field__progress"
                max="100"
                prop:value=move || f64::from(percent.get())
                aria-label=format!("How much of {} is uploaded", chosen.name)
            ></progress>
            <Button look=Look::Quiet on_press=stop>
                "Stop"
                <span class="visually-hidden">{format!(" uploading {}", chosen.name)}</span>
            </Button>
        </div>
    }
    .into_any()
}

/// The way to send a file that did not arrive.
fn once_more(file: Chosen, choose: Callback<Chosen>) -> AnyView {
    let name = file.name.clone();
    let file = StoredValue::new_local(file);
    let again = move |()| choose.run(file.get_value());
    view! {
        <p>
            <Button on_press=again>{format!("Upload {name} again")}</Button>
        </p>
    }
    .into_any()
}

/// The files that were given. A list of nothing would be announced as a list.
fn all_given(
    value: Signal<Vec<Upload>>,
    on_change: Callback<Vec<Upload>>,
) -> Option<impl IntoView> {
    let files = value.get();
    if files.is_empty() {
        return None;
    }
    let given = files
        .into_iter()
        .map(|file| view! { <Given file value on_change /> })
        .collect_view();
    Some(view! { <ul class="file-field__files">{given}</ul> })
}

/// A file that was given.
#[component]
fn Given(
    /// Which.
    file: Upload,
    /// All of them.
    value: Signal<Vec<Upload>>,
    /// Called with the files at each change.
    on_change: Callback<Vec<Upload>>,
) -> impl IntoView {
    let id = file.id.clone();
    let remove = move |()| {
        let mut files = value.get_untracked();
        files.retain(|file| file.id != id);
        on_change.run(files);
    };
    view! {
        <li class="file-field__file">
            <span dir="auto">{file.name.clone()}</span>
            <span class="file-field__size">{size(file.bytes)}</span>
            <Button look=Look::Quiet on_press=remove>
                "Remove"
                <span class="visually-hidden">{format!(" {}", file.name)}</span>
            </Button>
        </li>
    }
}

/// How large a file is, as people say it.
pub fn size(bytes: u32) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

fn ending(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => ".pdf",
        FileFormat::Docx => ".docx",
        FileFormat::Odt => ".odt",
        FileFormat::Txt => ".txt",
    }
}

fn too_large(max: u32) -> String {
    format!(
        "This file is larger than {}. Choose a smaller one, or paste the text below.",
        size(max)
    )
}

fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Words(words) => words.clone(),
        Trouble::Problem(codes) => match codes.first() {
            Some(ProblemCode::FileTooLarge { max }) => too_large(*max),
            Some(ProblemCode::TooMany { .. }) => {
                "Too many files were uploaded. Remove one and try again tomorrow, or paste the \
                 text below."
                    .to_owned()
            }
            _ => "This kind of file is not taken. Choose a PDF, Word, OpenDocument or text file, \
                  or paste the text below."
                .to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!(size(12), "12 bytes");
        assert_eq!(size(20_480), "20 KB");
        assert_eq!(size(10_485_760), "10.0 MB");
        assert_eq!(size(1_572_864), "1.5 MB");
    }
}
